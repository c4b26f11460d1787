package io.scrubjay.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.testkit.FakeClock;
import java.util.List;
import net.spy.memcached.ConnectionFactory;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The example of docs/operating/embedding.md: code that uses memcached, tested with a server that
/// the test starts and asks, and whose time it sets.
final class InsideATest {
  private final FakeClock clock = new FakeClock();
  private Scrubjay memcached;
  private MemcachedClient client;

  @BeforeEach
  void start() throws Exception {
    memcached = Scrubjay.start(ServerOptions.builder().port(0).clock(clock).build());
    ConnectionFactory patient = new ConnectionFactoryBuilder().setOpTimeout(20_000).build();
    client = new MemcachedClient(patient, List.of(memcached.address()));
  }

  @AfterEach
  void stop() {
    client.shutdown();
    memcached.close();
  }

  @Test
  void theSecondLookIsAHit() throws Exception {
    assertNull(client.get("bird"));
    assertTrue(client.set("bird", 0, "scrubjay").get());
    assertEquals("scrubjay", client.get("bird"));
    assertEquals("1", memcached.statistics().get("get_hits"));
    assertEquals("1", memcached.statistics().get("get_misses"));
  }

  @Test
  void aMinuteLaterItHasExpired() throws Exception {
    assertTrue(client.set("bird", 60, "scrubjay").get());
    clock.advanceSeconds(61);
    assertNull(client.get("bird"));
  }
}
