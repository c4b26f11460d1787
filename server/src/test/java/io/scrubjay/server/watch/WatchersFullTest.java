package io.scrubjay.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is written while nobody who watches has room. The test is the logger's thread.
final class WatchersFullTest {
  /// Room for two lines of a one-byte key, not for three.
  private static final int BUFFER_BYTES = 160;

  private final Watchers watchers =
      new Watchers(
          4096,
          BUFFER_BYTES,
          InstantSource.fixed(Instant.EPOCH),
          new FakeClock(),
          _ -> {},
          () -> false);
  private final WatchLog log = watchers.newLog();
  private final Key key = new Key().at(MemorySegment.ofArray(new byte[] {'k'}), 0, 1);

  private Watcher add(WatchStream... streams) {
    Watcher added = watchers.add(Set.of(streams), () -> true);
    if (added == null) {
      throw new AssertionError("too many");
    }
    watchers.moveLines();
    return added;
  }

  private void fetch(int times) {
    for (int i = 0; i < times; i++) {
      log.fetched(key, Lookup.HIT, 1, 1);
    }
  }

  private long figure(String name) {
    for (Watchers.Figure figure : watchers.figures()) {
      if (figure.name().equals(name)) {
        return figure.value();
      }
    }
    throw new AssertionError("no " + name);
  }

  @Test
  void linesThatNobodyHasRoomForAreCountedAndNotWritten() {
    Watcher watcher = add(WatchStream.FETCHERS);
    fetch(3);
    assertEquals(3, watchers.moveLines());
    fetch(1000);
    assertFalse(log.ring().load());
    assertEquals(0, watchers.moveLines());
    assertEquals(1003, figure("log_worker_written"));
    assertEquals(2, figure("log_watcher_sent"));
    assertEquals(1001, figure("log_watcher_skipped"));
    assertEquals(2, TakenLines.of(watcher).lines().count());
    fetch(1);
    assertTrue(log.ring().load());
    watchers.moveLines();
    assertTrue(TakenLines.of(watcher).startsWith("skipped=1001\nts="));
  }

  @Test
  void oneWatcherWithRoomIsEnough() {
    Watcher reading = add(WatchStream.FETCHERS);
    Watcher full = add(WatchStream.FETCHERS);
    for (int i = 0; i < 10; i++) {
      fetch(1);
      assertEquals(1, watchers.moveLines());
      assertEquals(1, TakenLines.of(reading).lines().count());
    }
    assertEquals(2, TakenLines.of(full).lines().count());
  }

  @Test
  void oneWhoComesMissesNothingOfWhatWentBefore() {
    Watcher full = add(WatchStream.FETCHERS);
    fetch(3);
    watchers.moveLines();
    fetch(10);
    Watcher late = add(WatchStream.FETCHERS);
    fetch(1);
    watchers.moveLines();
    assertTrue(TakenLines.of(late).startsWith("ts="));
    assertEquals(2, TakenLines.of(full).lines().count());
    fetch(1);
    watchers.moveLines();
    assertTrue(TakenLines.of(full).startsWith("skipped=12\n"));
  }

  @Test
  void otherStreamsAreWritten() {
    Watcher full = add(WatchStream.FETCHERS);
    Watcher other = add(WatchStream.DELETIONS);
    fetch(3);
    watchers.moveLines();
    log.deleted(key, "delete", 1, 1);
    fetch(1);
    assertEquals(1, watchers.moveLines());
    assertTrue(TakenLines.of(other).contains("type=deleted "));
    assertEquals(2, TakenLines.of(full).lines().count());
  }

  /// Else each line that somebody reads would have every worker write one that nobody keeps.
  @Test
  void whoReadsOneStreamMakesNoRoomInAnother() {
    Watcher full = add(WatchStream.FETCHERS);
    Watcher other = add(WatchStream.DELETIONS);
    fetch(3);
    watchers.moveLines();
    log.deleted(key, "delete", 1, 1);
    watchers.moveLines();
    assertEquals(1, TakenLines.of(other).lines().count());
    add(WatchStream.DELETIONS);
    fetch(1);
    assertFalse(log.ring().load());
    assertEquals(2, TakenLines.of(full).lines().count());
    fetch(1);
    assertTrue(log.ring().load());
  }
}
