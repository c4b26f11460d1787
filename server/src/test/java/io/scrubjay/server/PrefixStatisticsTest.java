package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// `stats detail`, over a socket.
class PrefixStatisticsTest {
  private static final int PREFIXES_MAX = 65_536;
  private static final int PREFIXES_AT_A_TIME = 4096;

  private static Scrubjay start(ServerOptions.Builder builder) throws Exception {
    return Scrubjay.start(builder.port(0).threads(1).engine("model").build());
  }

  private static void ask(Client client, String requests, String answers) {
    client.send(requests);
    assertEquals(answers, client.text(answers.length()));
  }

  @Test
  void requestsAreCountedByWhatPrecedesTheDelimiter() throws Exception {
    try (Scrubjay server = start(ServerOptions.builder());
        Client client = new Client(server)) {
      ask(client, "get a:1\r\nstats detail dump\r\n", "END\r\nEND\r\n");
      assertEquals("OK", client.ask("stats detail on\r\n"));
      ask(
          client,
          """
          set a:1 0 0 1\r
          x\r
          get a:1 a:2\r
          gat 0 a:1\r
          delete a:2\r
          get none\r
          set a:3 0 0 1\r
          xyz\r
          incr a:1 1\r
          touch a:1 0\r
          """,
          """
          STORED\r
          VALUE a:1 0 1\r
          x\r
          END\r
          VALUE a:1 0 1\r
          x\r
          END\r
          NOT_FOUND\r
          END\r
          CLIENT_ERROR bad data chunk\r
          """);
      client.line();
      client.line();
      client.line();
      ask(client, "stats detail dump\r\n", "PREFIX a get 3 hit 2 set 2 del 1\r\nEND\r\n");
      assertEquals("OK", client.ask("stats detail off\r\n"));
      ask(client, "get a:1\r\n", "VALUE a:1 0 1\r\nx\r\nEND\r\n");
      ask(client, "stats detail dump\r\n", "PREFIX a get 3 hit 2 set 2 del 1\r\nEND\r\n");
      ask(client, "stats reset\r\nstats detail dump\r\n", "RESET\r\nEND\r\n");
    }
  }

  @Test
  void binaryRequestsAreCountedToo() throws Exception {
    try (Scrubjay server = start(ServerOptions.builder().detailEnabled(true));
        Client client = new Client(server)) {
      for (var packet :
          List.of(
              Packet.of(0x11).key("a:1").store(0, 0).value("x"),
              Packet.of(0x19).key("a:1").value("y"),
              Packet.of(0x09).key("a:1"),
              Packet.of(0x09).key("a:2"),
              Packet.of(0x1e).key("a:1").exptime(0),
              Packet.of(0x14).key("a:1"),
              Packet.of(0x14).key("a:1"))) {
        client.send(packet.bytes());
      }
      client.send(Packet.of(0x10).key("detail dump").bytes());
      assertEquals("09 00 3 00000000 - xy", Packet.reply(client));
      assertEquals("1e 00 3 00000000 - xy", Packet.reply(client));
      assertEquals("14 01 0 - - Not found", Packet.reply(client));
      assertEquals(
          "10 00 0 - detailed PREFIX a get 3 hit 2 set 2 del 2\r\nEND\r\n", Packet.reply(client));
    }
  }

  @Test
  void aDelimiterMayBeChosenAndTurnsItOn() throws Exception {
    var options = ServerOptions.builder().statPrefixDelimiter('/').detailEnabled(true);
    try (Scrubjay server = start(options);
        Client client = new Client(server)) {
      ask(client, "get a:b/c\r\nget /\r\nget a:b\r\n", "END\r\nEND\r\nEND\r\n");
      // In the order of memcached's table.
      ask(
          client,
          "stats detail dump\r\n",
          "PREFIX  get 1 hit 0 set 0 del 0\r\nPREFIX a:b get 1 hit 0 set 0 del 0\r\nEND\r\n");
    }
  }

  /// One more than there is room for: the newcomer isn't counted, the known ones still are.
  @Test
  void prefixesPastTheLimitAreNotCounted() throws Exception {
    try (Scrubjay server = start(ServerOptions.builder().detailEnabled(true));
        Client client = new Client(server)) {
      for (int first = 0; first < PREFIXES_MAX; first += PREFIXES_AT_A_TIME) {
        client.send(sets(first, first + PREFIXES_AT_A_TIME));
        assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
      }
      client.send(sets(PREFIXES_MAX, PREFIXES_MAX + 1) + sets(0, 1));
      client.send("stats detail dump\r\n");
      List<String> dump = client.linesUntil("END");
      List<String> prefixes = dump.stream().filter(line -> line.startsWith("PREFIX ")).toList();
      assertEquals(PREFIXES_MAX, prefixes.size());
      assertTrue(prefixes.contains("PREFIX p0 get 0 hit 0 set 2 del 0"));
      assertFalse(prefixes.stream().anyMatch(line -> line.startsWith("PREFIX p65536 ")));
    }
  }

  private static String sets(int from, int to) {
    StringBuilder sets = new StringBuilder();
    for (int i = from; i < to; i++) {
      sets.append("set p").append(i).append(":k 0 0 1 noreply\r\nx\r\n");
    }
    return sets.toString();
  }
}
