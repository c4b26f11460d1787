package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// After thousands of connections that came, stopped in the middle of a request, went on and left,
/// nothing of them is kept but a few buffers for the next.
@Timeout(120)
final class ManyConnectionsTest {
  private static final int AT_A_TIME = 2_000;
  private static final int WAVES = 3;
  private static final int THREADS = 2;
  private static final int BLOCK_BYTES = 16 << 10;
  private static final int FREE_BLOCKS_MAX = 64;

  @Test
  void whatTheyHeldComesBack() throws Exception {
    try (Scrubjay server =
        Scrubjay.start(
            ServerOptions.builder().port(0).threads(THREADS).connectionsMax(4_000).build())) {
      for (int wave = 1; wave <= WAVES; wave++) {
        List<Client> clients = new ArrayList<>();
        try {
          for (int i = 0; i < AT_A_TIME; i++) {
            clients.add(new Client(server));
          }
          clients.forEach(client -> client.send("get k"));
          // Each holds a block for what is no request yet.
          Await.until("a block each", () -> number(server, "read_buf_count") >= AT_A_TIME);
          assertEquals(AT_A_TIME, number(server, "curr_connections"));
          assertEquals(AT_A_TIME + 1, number(server, "connection_structures"));
          for (Client client : clients) {
            assertEquals("END", client.ask("\r\n"));
          }
          assertIdle(server, AT_A_TIME);
        } finally {
          clients.forEach(Client::close);
        }
        Await.until("everyone's end", () -> number(server, "connection_structures") == 1);
        assertIdle(server, 0);
        assertEquals(1 + wave * AT_A_TIME, number(server, "total_connections"));
      }
      assertEquals("0", server.statistics().get("rejected_connections"));
      assertEquals(WAVES * AT_A_TIME, number(server, "cmd_get"));
    }
  }

  private static void assertIdle(Scrubjay server, int connections) {
    Map<String, String> statistics = server.statistics();
    assertEquals("" + connections, statistics.get("curr_connections"));
    assertEquals(statistics.get("read_buf_bytes"), statistics.get("read_buf_bytes_free"));
    long blocks = number(server, "read_buf_count");
    assertTrue(blocks <= THREADS * FREE_BLOCKS_MAX, () -> blocks + " blocks");
    assertEquals(blocks * BLOCK_BYTES, number(server, "read_buf_bytes"));
  }

  private static long number(Scrubjay server, String name) {
    return Long.parseLong(server.statistics().get(name));
  }
}
