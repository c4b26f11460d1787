package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.options.BindingProtocol;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Section 4 of the behaviour inventory over a socket: opcodes, quiet forms, statuses, framing.
///
/// A store starts with CAS id 2.
final class BinaryProtocolTest extends ServerAndClient {
  private static final String NOOP = "0a 00 0 - - -";
  private static final int NO_VIVIFY = 0xffff_ffff;

  private static Packet set(String key, String value) {
    return Packet.of(0x01).key(key).store(5, 0).value(value);
  }

  /// Sends `request` and expects exactly `replies`, shown by a `NOOP` to be all there is.
  private void expect(Packet request, String... replies) {
    client.send(request.bytes());
    client.send(Packet.of(0x0a).bytes());
    for (String reply : replies) {
      assertEquals(reply, Packet.reply(client));
    }
    assertEquals(NOOP, Packet.reply(client));
  }

  @Test
  void getFamilyAnswersHitsWithFlagsAndMissesByTheirKind() {
    expect(set("k", "value"), "01 00 2 - - -");
    expect(Packet.of(0x00).key("k"), "00 00 2 00000005 - value");
    expect(Packet.of(0x0c).key("k"), "0c 00 2 00000005 k value");
    expect(Packet.of(0x09).key("k"), "09 00 2 00000005 - value");
    expect(Packet.of(0x0d).key("k"), "0d 00 2 00000005 k value");
    expect(Packet.of(0x00).key("no"), "00 01 0 - - Not found");
    expect(Packet.of(0x0c).key("no"), "0c 01 0 - no -");
    expect(Packet.of(0x09).key("no"));
    expect(Packet.of(0x0d).key("no"));
    expectStat("get_hits", 4);
    expectStat("get_misses", 4);
    expectStat("cmd_get", 8);
  }

  @Test
  void touchFamilySetsTheDeadline() {
    expect(set("k", "value"), "01 00 2 - - -");
    expect(Packet.of(0x1c).key("k").exptime(50), "1c 00 2 00000005 - -");
    expect(Packet.of(0x1d).key("k").exptime(50), "1d 00 2 00000005 - value");
    expect(Packet.of(0x23).key("k").exptime(50), "23 00 2 00000005 k value");
    expect(Packet.of(0x1e).key("k").exptime(50), "1e 00 2 00000005 - value");
    expect(Packet.of(0x24).key("k").exptime(30), "24 00 2 00000005 k value");
    expect(Packet.of(0x1c).key("no").exptime(50), "1c 01 0 - - Not found");
    expect(Packet.of(0x1d).key("no").exptime(50), "1d 01 0 - - Not found");
    expect(Packet.of(0x23).key("no").exptime(50), "23 01 0 - no -");
    expect(Packet.of(0x1e).key("no").exptime(50));
    expect(Packet.of(0x24).key("no").exptime(50));
    expectStat("cmd_touch", 10);
    expectStat("touch_hits", 5);
    expectStat("touch_misses", 5);
    expectStat("cmd_get", 0);
    clock.advanceSeconds(30);
    expect(Packet.of(0x00).key("k"), "00 01 0 - - Not found");
  }

  @Test
  void storesFollowTheirModeAndCas() {
    expect(Packet.of(0x03).key("k").store(0, 0).value("a"), "03 01 0 - - Not found");
    expect(Packet.of(0x02).key("k").store(0, 0).value("a"), "02 00 2 - - -");
    expect(Packet.of(0x02).key("k").store(0, 0).value("b"), "02 02 0 - - Data exists for key.");
    expect(Packet.of(0x03).key("k").store(0, 0).value("b"), "03 00 3 - - -");
    expect(set("k", "c").cas(99), "01 02 0 - - Data exists for key.");
    expect(set("k", "c").cas(3), "01 00 4 - - -");
    expect(set("no", "c").cas(3), "01 01 0 - - Not found");
    expect(Packet.of(0x03).key("k").store(0, 0).cas(9), "03 02 0 - - Data exists for key.");
    expect(Packet.of(0x0e).key("k").value("d"), "0e 00 5 - - -");
    expect(Packet.of(0x0f).key("k").value("b").cas(5), "0f 00 6 - - -");
    expect(Packet.of(0x0f).key("k").value("b").cas(5), "0f 02 0 - - Data exists for key.");
    expect(Packet.of(0x0e).key("no").value("d"), "0e 05 0 - - Not stored.");
    expect(Packet.of(0x00).key("k"), "00 00 6 00000005 - bcd");
    expectStat("cas_hits", 1);
    expectStat("cas_badval", 2);
    expectStat("cas_misses", 1);
  }

  @Test
  void anAddWithACasCompares() {
    expect(set("k", "a"), "01 00 2 - - -");
    expect(
        Packet.of(0x02).key("k").store(0, 0).value("b").cas(9), "02 02 0 - - Data exists for key.");
    expect(Packet.of(0x02).key("k").store(0, 0).value("b").cas(2), "02 00 3 - - -");
    expect(Packet.of(0x02).key("no").store(0, 0).value("b").cas(2), "02 01 0 - - Not found");
  }

  @Test
  void aSetThatIsTooLargeDropsTheOldValueAndOthersKeepIt() {
    String data = "v".repeat(1 << 20);
    expect(set("k", "a"), "01 00 2 - - -");
    expect(Packet.of(0x12).key("k").store(0, 0).value(data), "12 03 0 - - Too large.");
    expect(Packet.of(0x13).key("k").store(0, 0).value(data), "13 03 0 - - Too large.");
    expect(Packet.of(0x0e).key("k").value(data), "0e 03 0 - - Too large.");
    expect(Packet.of(0x00).key("k"), "00 00 2 00000005 - a");
    expect(Packet.of(0x11).key("k").store(0, 0).value(data), "11 03 0 - - Too large.");
    expect(Packet.of(0x09).key("k"));
    expectStat("store_too_large", 0);
  }

  @Test
  void quietStoresAnswerOnlyErrors() {
    expect(Packet.of(0x11).key("k").store(0, 0).value("a"));
    expect(Packet.of(0x12).key("k").store(0, 0), "12 02 0 - - Data exists for key.");
    expect(Packet.of(0x13).key("k").store(0, 0).value("b"));
    expect(Packet.of(0x13).key("no").store(0, 0), "13 01 0 - - Not found");
    expect(Packet.of(0x19).key("k").value("c"));
    expect(Packet.of(0x1a).key("k").value("a"));
    expect(Packet.of(0x1a).key("no").value("a"), "1a 05 0 - - Not stored.");
    expect(Packet.of(0x00).key("k"), "00 00 5 00000000 - abc");
    expect(Packet.of(0x14).key("k"));
    expect(Packet.of(0x14).key("k"), "14 01 0 - - Not found");
  }

  @Test
  void deletesCompare() {
    expect(set("k", "a"), "01 00 2 - - -");
    expect(Packet.of(0x04).key("k").cas(9), "04 02 0 - - Data exists for key.");
    expect(Packet.of(0x04).key("k").cas(2), "04 00 0 - - -");
    expect(Packet.of(0x04).key("k"), "04 01 0 - - Not found");
    expectStat("delete_hits", 1);
    expectStat("delete_misses", 1);
  }

  @Test
  void countersCreateAndCount() {
    expect(Packet.of(0x05).key("n").counter(1, 7, NO_VIVIFY), "05 01 0 - - Not found");
    expect(Packet.of(0x05).key("n").counter(1, 7, 0), "05 00 2 - - \0\0\0\0\0\0\0\7");
    expect(Packet.of(0x05).key("n").counter(3, 0, 0), "05 00 3 - - \0\0\0\0\0\0\0\n");
    expect(Packet.of(0x06).key("n").counter(3, 0, 0), "06 00 4 - - \0\0\0\0\0\0\0\7");
    expect(Packet.of(0x00).key("n"), "00 00 4 00000000 - 7 ");
    expect(Packet.of(0x06).key("n").counter(30, 0, 0).cas(9), "06 02 0 - - Data exists for key.");
    expect(Packet.of(0x16).key("n").counter(30, 0, 0).cas(4));
    expect(Packet.of(0x15).key("n").counter(2, 0, 0));
    expect(Packet.of(0x00).key("n"), "00 00 6 00000000 - 2 ");
    expect(set("w", "word"), "01 00 7 - - -");
    expect(
        Packet.of(0x15).key("w").counter(1, 0, 0),
        "15 06 0 - - Non-numeric server-side value for incr or decr");
    expectStat("incr_misses", 1);
    expectStat("incr_hits", 2);
    expectStat("decr_hits", 2);
  }

  @Test
  void commandsWithoutKeys() {
    expect(set("k", "a"), "01 00 2 - - -");
    expect(Packet.of(0x0b), "0b 00 0 - - 1.6.45");
    expect(Packet.of(0x08).exptime(100), "08 00 0 - - -");
    expect(Packet.of(0x00).key("k"), "00 00 2 00000005 - a");
    expect(Packet.of(0x18));
    expect(Packet.of(0x00).key("k"), "00 01 0 - - Not found");
    expect(Packet.of(0x08), "08 00 0 - - -");
    expectStat("cmd_flush", 3);
  }

  @Test
  void quitAnswersBeforeItClosesUnlessQuiet() {
    client.send(Packet.of(0x07).bytes());
    assertEquals("07 00 0 - - -", Packet.reply(client));
    assertTrue(client.closed());
    try (Client other = new Client(server)) {
      other.send(Packet.of(0x17).bytes());
      assertTrue(other.closed());
    }
  }

  @Test
  void statListsNamesUntilAnEmptyOne() {
    client.send(Packet.of(0x10).bytes());
    assertTrue(Packet.reply(client).startsWith("10 00 0 - pid "));
    int stats = 1;
    while (!Packet.reply(client).equals("10 00 0 - - -")) {
      stats++;
    }
    assertTrue(stats > 40, "only " + stats);
    expect(Packet.of(0x10).key("reset"), "10 00 0 - - -");
    expect(Packet.of(0x10).key("unheard"), "10 01 0 - - Not found");
    client.send(Packet.of(0x10).key("settings").bytes());
    assertTrue(Packet.reply(client).startsWith("10 00 0 - maxbytes "));
  }

  @Test
  void opcodesNobodyKnowsAreToldSoAndTheirBodySkipped() {
    for (int opcode : new int[] {0x1b, 0x20, 0x30, 0x3c, 0x40, 0xff}) {
      expect(Packet.of(opcode), String.format("%02x 81 0 - - Unknown command", opcode));
    }
    expect(Packet.of(0x1b).exptime(1), "1b 81 0 - - Unknown command");
    expect(Packet.of(0x40).key("key").value("body"), "40 81 0 - - Unknown command");
    expect(Packet.of(0x21).key("PLAIN").value("\0a\0b"), "21 81 0 - - Unknown command");
    expect(Packet.of(0x22).key("PLAIN").value("x"), "22 81 0 - - Unknown command");
  }

  @Test
  void packetsOfTheWrongShapeClose() {
    String refused = "04 0 - - Invalid arguments";
    expectClose(Packet.of(0x00).key("k").value("v").bytes(), "00 " + refused);
    expectClose(Packet.of(0x00).bytes(), "00 " + refused);
    expectClose(Packet.of(0x01).key("k").value("v").bytes(), "01 " + refused);
    expectClose(Packet.of(0x05).key("k").exptime(1).bytes(), "05 " + refused);
    expectClose(Packet.of(0x0a).key("k").bytes(), "0a " + refused);
    expectClose(Packet.of(0x1c).key("k").bytes(), "1c " + refused);
    expectClose(Packet.of(0x00).key("k".repeat(251)).bytes(), "00 " + refused);
    expectClose(Packet.of(0x01).key("k").store(0, 0).bytes(1, 8, (1 << 30) + 1), "01 " + refused);
    expectClose(Packet.of(0x00).key("key").bytes(3, 0, 2), "00 81 0 - - Unknown command");
    expectClose(Packet.of(0x00).key("key").bytes(1, 2, 2), "00 81 0 - - Unknown command");
  }

  @Test
  void anotherMagicClosesSilently() {
    expect(Packet.of(0x0b), "0b 00 0 - - 1.6.45");
    client.send("get a\r\nget b\r\nget c\r\nxyz");
    assertTrue(client.closed());
  }

  private void expectClose(byte[] request, String reply) {
    try (Client other = new Client(server)) {
      other.send(request);
      assertEquals(reply, Packet.reply(other));
      assertTrue(other.closed());
    }
  }

  @Test
  void largeValuesComeAndGoWhole() {
    String large = "x".repeat(900_000);
    expect(set("large", large), "01 00 2 - - -");
    String hit = "0c 00 2 00000005 large " + large;
    client.send(Packet.of(0x0c).key("large").bytes());
    expect(Packet.of(0x0c).key("large"), hit, hit);
    expect(Packet.of(0x1c).key("large").exptime(0), "1c 00 2 00000005 - -");
    expect(set("large", large.repeat(2)), "01 03 0 - - Too large.");
    expect(Packet.of(0x00).key("large"), "00 01 0 - - Not found");
    expect(set("kept", "v"), "01 00 3 - - -");
    expect(
        Packet.of(0x12).key("kept").store(0, 0).value(large.repeat(2)), "12 03 0 - - Too large.");
    expect(Packet.of(0x00).key("kept"), "00 00 3 00000005 - v");
    expectStat("store_too_large", 0);
  }

  @Test
  void packetsMayArriveByteByByte() {
    for (byte single : set("slow", "value").bytes()) {
      client.send(new byte[] {single});
    }
    assertEquals("01 00 2 - - -", Packet.reply(client));
    expect(Packet.of(0x0d).key("slow"), "0d 00 2 00000005 slow value");
  }

  @Test
  void theFirstByteChoosesTheProtocol() throws IOException {
    try (Client text = new Client(server)) {
      assertEquals("STORED", text.ask("set k 5 0 1\r\nv\r\n"));
      expect(Packet.of(0x00).key("k"), "00 00 2 00000005 - v");
    }
    try (Scrubjay binary = start(BindingProtocol.BINARY);
        Client text = new Client(binary)) {
      text.send("version\r\n                              ");
      assertTrue(text.closed());
    }
    try (Scrubjay ascii = start(BindingProtocol.ASCII);
        Client text = new Client(ascii)) {
      text.send(new byte[] {(byte) 0x80});
      assertEquals("ERROR", text.ask("abc\r\n"));
    }
  }

  @Test
  void settingsNameTheProtocolInUse() throws IOException {
    try (Scrubjay binary = start(BindingProtocol.BINARY);
        Client other = new Client(binary)) {
      other.send(Packet.of(0x10).key("settings").bytes());
      String stat = Packet.reply(other);
      while (!stat.contains("binding_protocol")) {
        stat = Packet.reply(other);
      }
      assertEquals("10 00 0 - binding_protocol binary", stat);
    }
  }

  private static Scrubjay start(BindingProtocol protocol) throws IOException {
    return Scrubjay.start(ServerOptions.builder().port(0).threads(1).protocol(protocol).build());
  }
}
