package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Closing the server ends every connection, whatever it was doing.
final class ShutdownTest {
  @Test
  void openConnectionsAreClosed() throws Exception {
    Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).threads(1).build());
    try (Client idle = new Client(server);
        Client uploading = new Client(server);
        Client halfLine = new Client(server)) {
      assertEquals("MN", idle.ask("mn\r\n"));
      assertEquals("MN", uploading.ask("mn\r\nms key 10 O1\r\nabc"));
      assertEquals("MN", halfLine.ask("mn\r\nmg ke"));
      server.close();
      assertTrue(idle.closed());
      assertTrue(uploading.closed());
      assertTrue(halfLine.closed());
      assertEquals("0", server.statistics().get("curr_connections"));
    }
  }
}
