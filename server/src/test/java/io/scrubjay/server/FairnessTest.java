package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// `-R`: a connection with more requests than its share goes to the back of the line, loses
/// nothing, and is counted.
final class FairnessTest {
  @Test
  void aLongPipelineIsServedInStretchesAndInOrder() throws Exception {
    try (Scrubjay server =
            Scrubjay.start(ServerOptions.builder().port(0).threads(1).requestsPerEvent(3).build());
        Client client = new Client(server)) {
      StringBuilder requests = new StringBuilder("set n 0 0 1\r\n0\r\n");
      int count = 500;
      requests.append("incr n 1\r\n".repeat(count));
      client.send(requests.toString());
      assertEquals("STORED", client.line());
      for (int i = 1; i <= count; i++) {
        assertEquals(Integer.toString(i), client.line());
      }
      int yields = Integer.parseInt(server.statistics().get("conn_yields"));
      assertEquals(true, yields >= count / 3 - 10, "conn_yields " + yields);
    }
  }

  @Test
  void twoPipelinesShareAWorker() throws Exception {
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).threads(1).build());
        Client one = new Client(server);
        Client two = new Client(server)) {
      one.send("version\r\n".repeat(5000));
      assertEquals("VERSION 1.6.45", two.ask("version\r\n"));
      for (int i = 0; i < 5000; i++) {
        assertEquals("VERSION 1.6.45", one.line());
      }
    }
  }
}
