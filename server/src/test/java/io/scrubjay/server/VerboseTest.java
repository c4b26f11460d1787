package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.server.worker.ServerLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/// What `-vv` tells of connections and their requests on stderr.
@ResourceLock(Resources.SYSTEM_ERR)
final class VerboseTest {
  private static List<String> said(int verbosity, String requests, String replies)
      throws Exception {
    PrintStream stderr = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (Scrubjay server =
            Scrubjay.start(
                ServerOptions.builder()
                    .engine("model")
                    .port(0)
                    .threads(1)
                    .verbosity(verbosity)
                    .build());
        Client client = new Client(server)) {
      client.send(requests);
      assertEquals(replies, new String(client.rest(), StandardCharsets.US_ASCII));
    } finally {
      System.setErr(stderr);
    }
    return said.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("^([<>]?)\\d+", "$1FD"))
        .toList();
  }

  @Test
  void aConnectionsLifeIsTold() throws Exception {
    assertEquals(
        List.of(
            "<FD server listening (auto-negotiate)",
            "<FD new auto-negotiating client connection",
            "FD: Client using the ascii protocol",
            "<FD get a\\x1B[31mb",
            ">FD END",
            "<FD quit",
            "<FD connection closed."),
        said(2, "get a\u001b[31mb\r\nquit\r\n", "END\r\n"));
  }

  @Test
  void repliesAreToldButNoValues() throws Exception {
    String value = "x\r\nEND";
    String requests =
        lines(
            "set a 0 0 6",
            value,
            "get a none a",
            "mg a v",
            "incr a 1",
            "set n 0 0 1 noreply",
            "1",
            "incr n 1 noreply",
            "delete none noreply",
            "quit");
    String error = "CLIENT_ERROR cannot increment or decrement non-numeric value";
    String replies =
        lines("STORED", "VALUE a 0 6", value, "VALUE a 0 6", value, "END", "VA 6", value, error);
    assertEquals(
        List.of(
            ">FD STORED",
            ">FD sending key a",
            ">FD sending key a",
            ">FD END",
            ">FD VA 6",
            ">FD " + error,
            ">FD NOREPLY STORED",
            ">FD NOREPLY 2",
            ">FD NOREPLY NOT_FOUND"),
        said(2, requests, replies).stream().filter(line -> line.startsWith(">")).toList());
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  @Test
  void oneVIsSilentAboutThem() throws Exception {
    assertEquals(List.of(), said(1, "get a\r\nquit\r\n", "END\r\n"));
  }

  @Test
  void bytesThatDoNotPrintAreShownAsNumbers() {
    byte[] bytes = {'a', '\r', '\n', 0, 0x7f, (byte) 0xff, '~'};
    assertEquals("a\\x0D\\x0A\\x00\\x7F\\xFF~", ServerLog.printable(bytes));
  }
}
