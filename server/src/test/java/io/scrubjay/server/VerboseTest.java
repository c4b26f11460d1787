package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.worker.ServerLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/// What `-vv` and `-vvv` tell of connections and their requests on stderr.
@ResourceLock(Resources.SYSTEM_ERR)
final class VerboseTest {
  private static List<String> said(int verbosity, String requests, String replies)
      throws Exception {
    return said(
        verbosity,
        requests.getBytes(StandardCharsets.ISO_8859_1),
        client -> assertEquals(replies, new String(client.rest(), StandardCharsets.US_ASCII)));
  }

  private static List<String> said(int verbosity, byte[] requests, Consumer<Client> reading)
      throws Exception {
    return said(verbosity, "0", requests, reading);
  }

  private static List<String> said(
      int verbosity, String pendingShare, byte[] requests, Consumer<Client> reading)
      throws Exception {
    PrintStream stderr = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (Scrubjay server =
            Scrubjay.start(
                ServerOptions.builder()
                    .engine("model")
                    .engineSettings(Map.of("pending_share", pendingShare))
                    .port(0)
                    .threads(1)
                    .verbosity(verbosity)
                    .build());
        Client client = new Client(server)) {
      client.send(requests);
      reading.accept(client);
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
  void aCasIdThatIsNotTheItemsIsTold() throws Exception {
    List<String> said =
        said(
            2,
            "set a 0 0 1\r\nx\r\ncas a 0 0 1 18446744073709551615\r\ny\r\nquit\r\n",
            "STORED\r\nEXISTS\r\n");
    int line = said.indexOf(">FD EXISTS") - 1;
    assertTrue(
        said.get(line).matches("CAS:  failure: expected [0-9]+, got 18446744073709551615"),
        said::toString);
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

  /// As memcached 1.6.18 tells of the same requests.
  @Test
  void packetsAreToldByTheirHeadersAndMeaning() throws Exception {
    var requests = new ByteArrayOutputStream();
    requests.writeBytes(Packet.of(0x01).key("bk").store(0, 0).value("vv").bytes());
    requests.writeBytes(Packet.of(0x0c).key("bk").bytes());
    requests.writeBytes(Packet.of(0x00).key("no").bytes());
    requests.writeBytes(Packet.of(0x0c).key("none").bytes());
    requests.writeBytes(Packet.of(0x09).key("quiet").bytes());
    requests.writeBytes(Packet.of(0x06).key("c").counter(-1, -1, -2).bytes());
    requests.writeBytes(Packet.of(0x0e).key("no").value("x").bytes());
    requests.writeBytes(Packet.of(0x04).key("bk").bytes());
    requests.writeBytes(Packet.of(0x1c).key("bk").exptime(0).bytes());
    requests.writeBytes(Packet.of(0x07).bytes());
    List<String> told =
        said(2, requests.toByteArray(), client -> assertTrue(client.rest().length > 0));
    assertEquals(
        List.of(
            "<FD Read binary protocol data:",
            "<FD    0x80 0x01 0x00 0x02",
            "<FD    0x08 0x00 0x00 0x00",
            "<FD    0x00 0x00 0x00 0x0c",
            "<FD    0x0a 0x0b 0x0c 0x0d",
            "<FD    0x00 0x00 0x00 0x00",
            "<FD    0x00 0x00 0x00 0x00",
            "<FD SET bk Value len is 2",
            ">FD Writing bin response:",
            ">FD   0x81 0x01 0x00 0x00",
            ">FD   0x00 0x00 0x00 0x00",
            ">FD   0x00 0x00 0x00 0x00",
            ">FD   0x0a 0x0b 0x0c 0x0d",
            ">FD   0x00 0x00 0x00 0x00",
            ">FD   0x00 0x00 0x00 0x02",
            "<FD Read binary protocol data:"),
        told.subList(3, 19));
    assertEquals(
        List.of(
            "<FD SET bk Value len is 2",
            ">FD Writing bin response:",
            "<FD GET bk",
            ">FD Writing bin response:",
            "<FD GET no",
            ">FD Writing an error: Not found",
            ">FD Writing bin response:",
            "<FD GET none",
            ">FD Writing bin response:",
            "<FD GET quiet",
            "incr c -1, 18446744073709551615, -2",
            ">FD Writing bin response:",
            "Value len is 1",
            ">FD Writing an error: Not stored.",
            ">FD Writing bin response:",
            "Deleting bk",
            ">FD Writing bin response:",
            "<FD TOUCH bk",
            ">FD Writing an error: Not found",
            ">FD Writing bin response:",
            ">FD Writing bin response:",
            "<FD connection closed."),
        told.stream()
            .skip(3)
            .filter(line -> !line.contains("Read binary") && !line.contains("  0x"))
            .toList());
  }

  @Test
  void aRequestThatWaitsForTheEngineIsToldOnce() throws Exception {
    String lines = "get a b c d\r\nmg e v\r\ndelete f\r\nincr g 1\r\nquit\r\n";
    assertToldOnce(lines.getBytes(StandardCharsets.US_ASCII));
    var packets = new ByteArrayOutputStream();
    packets.writeBytes(Packet.of(0x00).key("a").bytes());
    packets.writeBytes(Packet.of(0x04).key("b").bytes());
    packets.writeBytes(Packet.of(0x06).key("c").counter(1, 1, -1).bytes());
    packets.writeBytes(Packet.of(0x07).bytes());
    assertToldOnce(packets.toByteArray());
  }

  private static void assertToldOnce(byte[] requests) throws Exception {
    Consumer<Client> reading = client -> assertTrue(client.rest().length > 0);
    assertEquals(said(2, "0", requests, reading), said(2, "0.9", requests, reading));
  }

  /// In memcached's words; its states `conn_waiting` and `conn_closed` have no counterpart here.
  @Test
  void threeVsTellOfStatesAndLookups() throws Exception {
    String requests = "set a 0 0 1\r\nx\r\nset e 0 -1 1\r\nx\r\nget a e none\r\nquit\r\n";
    String replies = "STORED\r\nSTORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n";
    assertEquals(
        List.of(
            "FD: going from conn_new_cmd to conn_parse_cmd",
            "FD: Client using the ascii protocol",
            "<FD set a 0 0 1",
            "> NOT FOUND a",
            ">FD STORED",
            "<FD set e 0 -1 1",
            "> NOT FOUND e",
            ">FD STORED",
            "<FD get a e none",
            "> FOUND KEY a",
            "> FOUND KEY e -nuked by expire",
            "> NOT FOUND none",
            ">FD sending key a",
            ">FD END",
            "<FD quit",
            "<FD connection closed.",
            "FD: going from conn_parse_cmd to conn_closing"),
        said(3, requests, replies).stream().skip(2).toList());
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
    assertEquals(
        "a\\x0D\\x0A\\x00\\x7F\\xFF~",
        ServerLog.printable(MemorySegment.ofArray(bytes), 0, bytes.length));
  }
}
