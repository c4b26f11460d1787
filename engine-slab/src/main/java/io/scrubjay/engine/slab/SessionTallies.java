package io.scrubjay.engine.slab;

import io.scrubjay.engine.Tally;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// One session's events by LRU list, which is more than most of them need. Threads: the session
/// writes, anyone reads; opaque accesses, so that a sum is of figures that were true, without a
/// fence per request.
final class SessionTallies {
  static final int EVENTS = Tally.values().length;
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] cells = new long[LruSegment.LISTS * EVENTS];

  @SuppressWarnings("EnumOrdinal") // an index into an array made from the same enum
  void count(int list, Tally event) {
    int at = list * EVENTS + event.ordinal();
    CELL.setOpaque(cells, at, (long) CELL.getOpaque(cells, at) + 1);
  }

  void addTo(long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (long) CELL.getOpaque(cells, i);
    }
  }

  static long[] newSums() {
    return new long[LruSegment.LISTS * EVENTS];
  }
}
