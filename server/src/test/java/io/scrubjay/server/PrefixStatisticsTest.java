package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// `stats detail`, over a socket.
class PrefixStatisticsTest {
  private static Scrubjay start(ServerOptions.Builder builder) throws Exception {
    return Scrubjay.start(builder.port(0).threads(1).engine("model").build());
  }

  private static void ask(Client client, String requests, String answers) {
    client.send(requests);
    assertEquals(answers, new String(client.bytes(answers.length()), StandardCharsets.US_ASCII));
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
}
