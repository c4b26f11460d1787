package io.scrubjay.server.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// One worker's counters.
///
/// Threads: one writer, the worker; anyone may read. Opaque access on both sides: no fence and no
/// locked instruction per request, and a reader still sees every counter move on.
public final class WorkerCounters {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] slots = new long[Counter.COUNT];

  public void add(Counter counter) {
    add(counter, 1);
  }

  public void add(Counter counter, long amount) {
    int slot = counter.ordinal();
    SLOT.setOpaque(slots, slot, (long) SLOT.getOpaque(slots, slot) + amount);
  }

  long value(Counter counter) {
    return (long) SLOT.getOpaque(slots, counter.ordinal());
  }
}
