package io.scrubjay.server.watch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.CrawlerRun;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The lines of what the engine does, whole (spec 2.7).
final class EngineLogTest {
  private final FakeClock clock = new FakeClock();
  private final Watchers watchers =
      new Watchers(
          4096,
          4096,
          InstantSource.fixed(Instant.ofEpochSecond(7, 42_000)),
          clock,
          _ -> {},
          () -> false);
  private final EngineEvents engine = watchers.engineEvents();

  private Watcher watch(WatchStream stream) {
    Watcher added = watchers.add(Set.of(stream), () -> true);
    if (added == null) {
      throw new AssertionError("too many");
    }
    return added;
  }

  private String lines(Watcher watcher) {
    watchers.moveLines();
    return TakenLines.of(watcher);
  }

  private static Key key(String name) {
    byte[] bytes = name.getBytes(ISO_8859_1);
    return new Key().at(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  @Test
  void anEvictionTellsTheItemsLife() {
    Watcher watcher = watch(WatchStream.EVICTIONS);
    clock.advanceSeconds(100);
    ItemHeader item = new ItemHeader();
    item.lastAccess = clock.now() - 60;
    item.slabClass = 5;
    item.valueBytes = 1000;
    engine.evicted(key("a"), item);
    item.deadline = clock.now() + 30;
    item.marks = ItemHeader.FETCHED | ItemHeader.BINARY_KEY;
    engine.evicted(key("b c\u00ff"), item);
    assertEquals(
        """
        ts=7.42 gid=2 type=eviction key=a fetch=no ttl=-1 la=60 clsid=5 size=1000
        ts=7.42 gid=3 type=eviction key=b%20c%FF fetch=yes ttl=30 la=60 clsid=5 size=1000
        """,
        lines(watcher));
  }

  @Test
  void aCrawlTellsWhatItFoundAndWhenItComesAgain() {
    Watcher watcher = watch(WatchStream.SYSEVENTS);
    for (CrawlerRun.Queue queue : CrawlerRun.Queue.values()) {
      engine.crawled(new CrawlerRun(3, queue, 10, 20, 30, 40, 50, 60, 70));
    }
    StringBuilder expected = new StringBuilder();
    int gid = 2;
    for (String lru : new String[] {"hot", "warm", "cold", "temp"}) {
      expected
          .append("ts=7.42 gid=" + gid++ + " type=lru_crawler crawler=3 lru=" + lru)
          .append(" low_mark=10 next_reclaims=20 since_run=30 next_run=40 elapsed=50")
          .append(" examined=60 reclaimed=70\n");
    }
    assertEquals(expected.toString(), lines(watcher));
  }

  @Test
  void aMovedPageTellsBetweenWhichClasses() {
    Watcher watcher = watch(WatchStream.SYSEVENTS);
    engine.pageMoved(1, 2, true);
    engine.pageMoved(0, 39, false);
    assertEquals(
        """
        ts=7.42 gid=2 type=slab_move src=1 dst=2 state=ok
        ts=7.42 gid=3 type=slab_move src=0 dst=39 state=fail
        """,
        lines(watcher));
  }

  @Test
  void theEngineIsAskedForTheLinesThatSomebodyWatches() {
    assertFalse(engine.watchesEvictions() || engine.watchesSystem());
    try (Watcher _ = watch(WatchStream.EVICTIONS)) {
      assertTrue(engine.watchesEvictions());
      assertFalse(engine.watchesSystem());
    }
    try (Watcher _ = watch(WatchStream.SYSEVENTS)) {
      assertTrue(engine.watchesSystem());
      assertFalse(engine.watchesEvictions());
    }
    assertFalse(engine.watchesSystem());
  }
}
