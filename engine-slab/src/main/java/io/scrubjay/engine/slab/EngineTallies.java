package io.scrubjay.engine.slab;

import io.scrubjay.engine.Tally;
import java.util.ArrayList;
import java.util.List;

/// The tallies of all sessions, open and closed, since the last reset. A reset remembers the sums
/// of that moment rather than write to counters that belong to other threads.
///
/// Threads: any; a monitor. Not for the hot path.
final class EngineTallies {
  private final List<SessionTallies> open = new ArrayList<>();
  private final long[] closed = SessionTallies.newSums();
  private long[] baseline = SessionTallies.newSums();

  synchronized SessionTallies add() {
    var tallies = new SessionTallies();
    open.add(tallies);
    return tallies;
  }

  synchronized void retire(SessionTallies tallies) {
    if (open.remove(tallies)) {
      tallies.addTo(closed);
    }
  }

  synchronized void reset() {
    baseline = everCounted();
  }

  /// Sums, to be asked with [#of].
  synchronized long[] sums() {
    long[] sums = everCounted();
    for (int i = 0; i < sums.length; i++) {
      sums[i] -= baseline[i];
    }
    return sums;
  }

  /// Of all lists of a class.
  static long of(long[] sums, int slabClass, Tally event) {
    long sum = 0;
    for (int list = slabClass; list < LruSegment.LISTS; list += LruSegment.WARM) {
      sum += ofList(sums, list, event);
    }
    return sum;
  }

  @SuppressWarnings("EnumOrdinal") // an index into an array made from the same enum
  static long ofList(long[] sums, int list, Tally event) {
    return sums[list * SessionTallies.EVENTS + event.ordinal()];
  }

  private long[] everCounted() {
    long[] sums = closed.clone();
    for (SessionTallies tallies : open) {
      tallies.addTo(sums);
    }
    return sums;
  }
}
