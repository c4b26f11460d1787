package io.scrubjay.server.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What happens to lines while the logger does not run.
final class WatchLogTest {
  private static final int LINES = 5000;
  private static final int ROOM_FOR = 8;

  /// The gid has one digit: the watcher has the first.
  private static final String LINE =
      "ts=1.0 gid=2 type=item_get key=k status=not_found clsid=0 cfd=7 size=0\n";

  private static final int RECORD_BYTES = LogRing.HEADER_BYTES + LINE.length();

  /// What is held free for a line's time and gid beyond what this one needs.
  private static final int SPARE_BYTES = 64 - LINE.indexOf("type=");

  @Test
  void whatTheRingHasNoRoomForIsDroppedAndCounted() {
    int ringBytes = ROOM_FOR * RECORD_BYTES + SPARE_BYTES;
    var second = InstantSource.fixed(Instant.ofEpochSecond(1));
    var watchers = new Watchers(ringBytes, 0, second, new FakeClock(), _ -> {}, () -> false);
    WatchLog log = watchers.newLog();
    log.client(7);
    Watcher _ = watchers.add(EnumSet.of(WatchStream.FETCHERS), () -> true);
    Key key = new Key().at(MemorySegment.ofArray("k".getBytes(US_ASCII)), 0, 1);
    for (int i = 0; i < LINES; i++) {
      log.fetched(key, Lookup.MISS, 0, 0);
    }
    assertEquals(
        List.of(
            new Watchers.Figure("log_worker_dropped", LINES - ROOM_FOR),
            new Watchers.Figure("log_worker_written", ROOM_FOR)),
        watchers.figures().subList(0, 2));
    log.ring().load();
    byte[] record = log.ring().record();
    assertEquals(LINE, new String(record, LogRing.HEADER_BYTES, log.ring().lineBytes(), US_ASCII));
  }
}
