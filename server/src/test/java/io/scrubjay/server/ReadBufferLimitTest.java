package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import org.junit.jupiter.api.Test;

/// `-o read_buf_mem_limit`: who needs a buffer when there is none left is closed and counted; who
/// needs none goes on. Source: spec 5.4.
final class ReadBufferLimitTest {
  @Test
  void theConnectionThatFindsNoBufferIsClosed() throws Exception {
    int buffers = 4;
    try (Scrubjay server =
            Scrubjay.start(
                ServerOptions.builder()
                    .port(0)
                    .threads(1)
                    .readBufMemLimitBytes(buffers << 14)
                    .build());
        Client whole = new Client(server)) {
      Client[] partial = new Client[buffers];
      for (int i = 0; i < buffers; i++) {
        partial[i] = new Client(server);
        partial[i].send("get par");
        String count = Integer.toString(i + 1);
        Await.until(
            count + " buffers", () -> count.equals(server.statistics().get("read_buf_count")));
      }
      try (Client oneTooMany = new Client(server)) {
        oneTooMany.send("get par");
        assertTrue(oneTooMany.closed());
      }
      assertEquals("1", server.statistics().get("read_buf_oom"));
      assertEquals("VERSION 1.6.45", whole.ask("version\r\n"));
      for (Client client : partial) {
        client.send("tial\r\n");
        assertEquals("END", client.line());
        client.close();
      }
    }
  }

  @Test
  void aReaderThatDoesNotDrainIsClosedToo() throws Exception {
    try (Scrubjay server =
            Scrubjay.start(
                ServerOptions.builder().port(0).threads(1).readBufMemLimitBytes(1 << 14).build());
        Client other = new Client(server);
        Client stalled = new Client(server)) {
      assertEquals("STORED", other.ask("set v 0 0 1000000\r\n" + "v".repeat(1_000_000) + "\r\n"));
      stalled.send("get v\r\n".repeat(100));
      Await.until("no room", () -> "1".equals(server.statistics().get("response_obj_oom")));
      Await.until("its end", () -> "1".equals(server.statistics().get("curr_connections")));
      assertEquals("VERSION 1.6.45", other.ask("version\r\n"));
    }
  }
}
