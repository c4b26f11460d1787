package io.scrubjay.stress;

import java.util.HashMap;
import java.util.Map;

/// One subject after the other, each for so many states that its index grows most of the time, and
/// closed when the last of them is over. Threads: any; a monitor.
final class GrowingSubjects {
  /// By then an index that began with 2^12 buckets has doubled five times.
  private static final int STATES_EACH = 40_000;

  private final Map<Subject, Integer> states = new HashMap<>();
  private Subject current = next();
  private int taken;

  private static Subject next() {
    return new Subject(64, 1 << 19, 64);
  }

  synchronized Subject take() {
    if (taken == STATES_EACH) {
      Subject full = current;
      current = next();
      taken = 0;
      closeIfUnused(full);
    }
    taken++;
    states.merge(current, 1, Integer::sum);
    return current;
  }

  synchronized void giveBack(Subject subject) {
    states.merge(subject, -1, Integer::sum);
    closeIfUnused(subject);
  }

  private void closeIfUnused(Subject subject) {
    if (subject != current && states.getOrDefault(subject, 0) == 0) {
      states.remove(subject);
      subject.close();
    }
  }
}
