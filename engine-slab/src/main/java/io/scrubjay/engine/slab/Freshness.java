package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Lookup;

/// Says of an item whether it still counts: its deadline, and what `flush_all` covers.
///
/// A flush at once starts a new epoch: every item keeps the epoch it was stored in, so the items of
/// this very second go and those stored right afterwards stay, without a walk over all of them
/// (times have a grain of a second). A flush for later is an instant to compare times with. When a
/// second one replaces one that has come about, that one stays in force.
///
/// Threads: any; writers under this object's monitor, readers by volatile reads of words that
/// change with a flush only.
final class Freshness {
  private final CacheClock clock;

  /// Instant that is in force whatever the clock says (high half) and the one to come (low half).
  private volatile long instants;

  private volatile int epoch;

  Freshness(CacheClock clock) {
    this.clock = clock;
  }

  int now() {
    return clock.now();
  }

  int epoch() {
    return epoch;
  }

  /// The last instant asked for; `stats settings` prints it.
  int oldest() {
    return (int) instants;
  }

  /// Whether any flush has come about since the start.
  boolean everFlushed() {
    long flush = instants;
    int pending = (int) flush;
    return epoch != 0
        || flush >>> 32 != 0
        || (pending != 0 && Integer.compareUnsigned(pending, now()) <= 0);
  }

  /// Whether it was a flush at once.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only written under the monitor
  synchronized boolean invalidate(int instant) {
    int now = now();
    long before = instants;
    int inForce = (int) (before >>> 32);
    int pending = (int) before;
    if (Integer.compareUnsigned(pending, now) <= 0) {
      inForce = Math.max(inForce, pending);
    }
    instants = ((long) inForce << 32) | (instant & 0xFFFF_FFFFL);
    boolean atOnce = instant != 0 && Integer.compareUnsigned(instant, now) < 0;
    if (atOnce) {
      epoch++;
    }
    return atOnce;
  }

  /// [Lookup#HIT] when an item with these figures may be served.
  Lookup judge(int deadline, int time, int itemEpoch) {
    int now = now();
    long flush = instants;
    int pending = (int) flush;
    if (itemEpoch != epoch
        || Integer.compareUnsigned(time, (int) (flush >>> 32)) <= 0
        || (Integer.compareUnsigned(pending, now) <= 0
            && Integer.compareUnsigned(time, pending) <= 0)) {
      return Lookup.FLUSHED;
    }
    return deadline != 0 && Integer.compareUnsigned(deadline, now) <= 0
        ? Lookup.EXPIRED
        : Lookup.HIT;
  }
}
