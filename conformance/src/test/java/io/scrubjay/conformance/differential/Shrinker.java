package io.scrubjay.conformance.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes a failing episode short by leaving out runs of commands, halves first, then single ones,
/// as long as it still fails.
final class Shrinker {
  private static final int TRIALS_MAX = 400;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /// Whether two fresh servers differ on an episode.
  interface Trial {
    boolean differs(List<Command> episode) throws IOException;
  }

  private Shrinker() {}

  static List<Command> shrunk(List<Command> failing, Trial trial) throws IOException {
    List<Command> best = failing;
    int trials = 0;
    long deadline = System.nanoTime() + LONGEST.toNanos();
    for (int run = failing.size() / 2; run >= 1; run /= 2) {
      int from = 0;
      while (from < best.size() && trials < TRIALS_MAX && System.nanoTime() < deadline) {
        List<Command> fewer = new ArrayList<>(best.subList(0, from));
        fewer.addAll(best.subList(Math.min(best.size(), from + run), best.size()));
        trials++;
        if (!fewer.isEmpty() && trial.differs(fewer)) {
          best = fewer;
        } else {
          from += run;
        }
      }
    }
    return best;
  }
}
