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
  private static List<String> said(int verbosity) throws Exception {
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
      client.send("get a\u001b[31mb\r\nquit\r\n");
      assertEquals("END\r\n", new String(client.rest(), StandardCharsets.US_ASCII));
    } finally {
      System.setErr(stderr);
    }
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aConnectionsLifeIsTold() throws Exception {
    assertEquals(
        List.of(
            "<FD new auto-negotiating client connection",
            "FD: Client using the ascii protocol",
            "<FD get a\\x1B[31mb",
            "<FD quit",
            "<FD connection closed."),
        said(2).stream().map(line -> line.replaceFirst("^(<?)\\d+", "$1FD")).toList());
  }

  @Test
  void oneVIsSilentAboutThem() throws Exception {
    assertEquals(List.of(), said(1));
  }

  @Test
  void bytesThatDoNotPrintAreShownAsNumbers() {
    byte[] bytes = {'a', '\r', '\n', 0, 0x7f, (byte) 0xff, '~'};
    assertEquals("a\\x0D\\x0A\\x00\\x7F\\xFF~", ServerLog.printable(bytes));
  }
}
