package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.FakeClock;
import org.junit.jupiter.api.Test;

/// `-o idle_timeout`: who says nothing whole for too long is closed, and nobody else. Source: spec
/// 5.6.
final class IdleTimeoutTest {
  private static final int SECONDS = 10;

  @Test
  void onlyWholeRequestsRefreshAndRequestsUnderWayAreLeft() throws Exception {
    FakeClock clock = new FakeClock();
    try (Scrubjay server = start(clock, SECONDS);
        Client silent = new Client(server);
        Client idle = new Client(server);
        Client dripping = new Client(server);
        Client uploading = new Client(server);
        Client busy = new Client(server)) {
      idle.ask("version\r\n");
      dripping.send("get ");
      uploading.send("set k 0 0 4\r\nab");
      Await.until("the upload's begin", () -> busy.seesAConnection("conn_nread"));
      clock.advanceSeconds(SECONDS);
      dripping.send("more");
      busy.ask("version\r\n");
      clock.advanceSeconds(1);
      assertTrue(silent.closed());
      assertTrue(idle.closed());
      assertTrue(dripping.closed());
      assertEquals("VERSION 1.6.45", busy.ask("version\r\n"));
      uploading.send("cd\r\n");
      assertEquals("STORED", uploading.line());
      assertEquals("3", server.statistics().get("idle_kicks"));
      assertEquals("2", server.statistics().get("curr_connections"));
    }
  }

  @Test
  void withoutItTheCounterIsNotTold() throws Exception {
    try (Scrubjay server = start(new FakeClock(), 0)) {
      assertNull(server.statistics().get("idle_kicks"));
    }
  }

  private static Scrubjay start(FakeClock clock, int idleTimeoutSeconds) throws Exception {
    return Scrubjay.start(
        ServerOptions.builder()
            .port(0)
            .threads(2)
            .clock(clock)
            .idleTimeoutSeconds(idleTimeoutSeconds)
            .build());
  }
}
