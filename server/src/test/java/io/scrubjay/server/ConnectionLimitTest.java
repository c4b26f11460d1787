package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import org.junit.jupiter.api.Test;

/// `-c`: refused with a line in fast mode, kept waiting otherwise. Source: spec 5.5.
final class ConnectionLimitTest {
  /// the listener is not counted.
  @Test
  void fastModeRefusesTheOneTooManyAndTakesTheNextAfterAClose() throws Exception {
    try (Scrubjay server = start(true);
        Client first = new Client(server)) {
      assertEquals("VERSION 1.6.45", first.ask("version\r\n"));
      Client second = new Client(server);
      assertEquals("VERSION 1.6.45", second.ask("version\r\n"));
      try (Client third = new Client(server)) {
        assertEquals("ERROR Too many open connections", third.line());
        assertTrue(third.closed());
      }
      assertEquals("1", server.statistics().get("rejected_connections"));
      second.close();
      Await.until(
          "the second one's end", () -> "1".equals(server.statistics().get("curr_connections")));
      try (Client fourth = new Client(server)) {
        assertEquals("VERSION 1.6.45", fourth.ask("version\r\n"));
      }
    }
  }

  @Test
  void withoutFastModeListeningStopsUntilAConnectionCloses() throws Exception {
    try (Scrubjay server = start(false);
        Client first = new Client(server)) {
      assertEquals("VERSION 1.6.45", first.ask("version\r\n"));
      Client second = new Client(server);
      assertEquals("VERSION 1.6.45", second.ask("version\r\n"));
      try (Client third = new Client(server)) {
        third.send("version\r\n");
        Await.until("a pause", () -> "0".equals(server.statistics().get("accepting_conns")));
        assertEquals("1", server.statistics().get("listen_disabled_num"));
        second.close();
        assertEquals("VERSION 1.6.45", third.line());
        assertEquals("1", server.statistics().get("accepting_conns"));
      }
    }
  }

  @Test
  void connectionsAreDealtToTheWorkersInTurn() throws Exception {
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).threads(3).build());
        Client a = new Client(server);
        Client b = new Client(server);
        Client c = new Client(server)) {
      for (Client client : new Client[] {a, b, c}) {
        assertEquals("STORED", client.ask("set k 0 0 1\r\nx\r\n"));
      }
      assertEquals("3", server.statistics().get("cmd_set"));
      assertEquals("4", server.statistics().get("total_connections"));
    }
  }

  private static Scrubjay start(boolean fast) throws Exception {
    return Scrubjay.start(
        ServerOptions.builder().port(0).threads(1).connectionsMax(2).maxconnsFast(fast).build());
  }
}
