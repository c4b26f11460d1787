package io.scrubjay.engine.slab;

import io.scrubjay.engine.StatisticsSink;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

/// What page moves came to. Threads: any.
final class MoverCounts {
  /// In the order of `stats` and, but for the last, in its words after `slab_reassign_`.
  enum Count {
    RESCUES,
    CHUNK_RESCUES,
    /// Chunks of a page on its way that others gave back, so that nothing had to be moved.
    INLINE_RECLAIM,
    BUSY_ITEMS,
    BUSY_DELETES,
    BUSY_NOMEM,
    MOVED;

    private static final int HOW_MANY = values().length;
  }

  private final AtomicLongArray counts = new AtomicLongArray(Count.HOW_MANY);
  private volatile Evacuation.Status lastBusy = Evacuation.Status.NONE;

  void add(Count what) {
    add(what, 1);
  }

  @SuppressWarnings("EnumOrdinal") // an index into an array made from the same enum
  void add(Count what, long howMany) {
    counts.getAndAdd(what.ordinal(), howMany);
  }

  void busy(Evacuation.Status status) {
    add(Count.BUSY_ITEMS);
    lastBusy = status;
  }

  @SuppressWarnings("EnumOrdinal") // an index into an array made from the same enum
  long of(Count what) {
    return counts.get(what.ordinal());
  }

  void reset() {
    for (int i = 0; i < Count.HOW_MANY; i++) {
      counts.set(i, 0);
    }
  }

  void print(boolean running, StatisticsSink sink) {
    for (Count what : Count.values()) {
      if (what != Count.MOVED) {
        sink.put("slab_reassign_" + what.name().toLowerCase(Locale.ROOT), of(what));
      }
    }
    sink.put("slab_reassign_last_busy_status", lastBusy.word);
    sink.put("slab_reassign_running", running ? 1 : 0);
    sink.put("slabs_moved", of(Count.MOVED));
  }
}
