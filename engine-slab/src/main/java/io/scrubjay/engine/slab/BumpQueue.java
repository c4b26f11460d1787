package io.scrubjay.engine.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Items of COLD that one session found active, on their way to the maintainer.
///
/// Shape: a ring of offsets and hashes; an entry is a hint and may be out of date when it is taken.
/// When the ring is full a hint is dropped and counted: the item is dealt with when it comes to the
/// tail. Threads: one writer, the session; one reader at a time, under the maintainer's monitor.
final class BumpQueue {
  static final int ENTRIES_MAX = 8192;
  private static final int INDEX_MASK = ENTRIES_MAX - 1;
  private static final VarHandle WRITTEN;
  private static final VarHandle READ;
  private static final VarHandle DROPPED;

  static {
    try {
      var lookup = MethodHandles.lookup();
      WRITTEN = lookup.findVarHandle(BumpQueue.class, "written", long.class);
      READ = lookup.findVarHandle(BumpQueue.class, "read", long.class);
      DROPPED = lookup.findVarHandle(BumpQueue.class, "dropped", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final long[] items = new long[ENTRIES_MAX];
  private final int[] hashes = new int[ENTRIES_MAX];

  // By VarHandle only: release by the one who moves it on, acquire by the other.
  @SuppressWarnings("unused")
  private long written;

  @SuppressWarnings("unused")
  private long read;

  @SuppressWarnings("unused")
  private long dropped;

  /// The session's.
  void offer(long item, int hash) {
    long at = (long) WRITTEN.getOpaque(this);
    if (at - (long) READ.getAcquire(this) == ENTRIES_MAX) {
      DROPPED.setOpaque(this, (long) DROPPED.getOpaque(this) + 1);
      return;
    }
    items[(int) at & INDEX_MASK] = item;
    hashes[(int) at & INDEX_MASK] = hash;
    WRITTEN.setRelease(this, at + 1);
  }

  interface Taker {
    void bump(long item, int hash);
  }

  /// The maintainer's: takes all that is there, and says how many it was.
  int drain(Taker taker) {
    long to = (long) WRITTEN.getAcquire(this);
    long from = (long) READ.getOpaque(this);
    for (long at = from; at < to; at++) {
      taker.bump(items[(int) at & INDEX_MASK], hashes[(int) at & INDEX_MASK]);
    }
    READ.setRelease(this, to);
    return (int) (to - from);
  }

  long dropped() {
    return (long) DROPPED.getOpaque(this);
  }
}
