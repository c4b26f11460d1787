package io.scrubjay.engine.slab;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which page should move where, judged from samples taken once a second: memcached's default
/// algorithm (spec 7.4).
///
/// First, a class with more than two and a half pages of free chunks that was quiet all through the
/// window gives one to the pool. Otherwise the class whose evicted items are youngest takes one
/// from the class whose tail is oldest, if their ages are far enough apart.
///
/// Threads: confined. Knows no store and no clock.
final class AutomovePolicy {
  private static final double FREE_PAGES_MIN = 2.5;
  private static final int SOURCE_PAGES_MIN = 2;
  private static final double EVICTING_SAMPLES_MIN = 0.5;
  private static final double EVICTED_SHARE_MIN = 0.25;

  /// One class at one moment. Counts run on; age is of the COLD queue's tail.
  record Sample(
      int pages,
      int chunksPerPage,
      long freeChunks,
      long evicted,
      long outOfMemory,
      int ageSeconds) {}

  record Choice(int source, int target) {}

  /// One class in one second of the window.
  private record Second(int age, long evicted, boolean dirty) {}

  private final int windowSamples;
  private Sample @Nullable [] before;
  private Second[][] window = new Second[0][];
  private long taken;

  AutomovePolicy(int windowSamples) {
    this.windowSamples = windowSamples;
  }

  int windowSamples() {
    return windowSamples;
  }

  /// Takes the next sample of every class, index 0 unused; null when nothing should move.
  ///
  /// @param memoryFull whether all memory that may be taken has been taken
  @Nullable Choice decide(Sample[] samples, boolean memoryFull, double ratio) {
    Sample[] last = before;
    before = samples;
    if (last == null) {
      window = new Second[samples.length][windowSamples];
      for (Second[] seconds : window) {
        Arrays.fill(seconds, new Second(0, 0, false));
      }
      return null;
    }
    int slot = (int) (taken++ % windowSamples);
    for (int slabClass = 1; slabClass < samples.length; slabClass++) {
      window[slabClass][slot] = second(last[slabClass], samples[slabClass]);
    }
    int excess = memoryFull ? classWithExcess(samples) : 0;
    if (excess != 0) {
      return new Choice(excess, 0);
    }
    return taken < windowSamples ? null : oldestToYoungest(samples, slot, ratio);
  }

  /// A counter that was reset counts as quiet.
  private static Second second(Sample before, Sample after) {
    long evicted = Math.max(0, after.evicted - before.evicted);
    boolean dirty =
        evicted > 0 || after.outOfMemory > before.outOfMemory || after.pages > before.pages;
    return new Second(after.ageSeconds, evicted, dirty);
  }

  private int classWithExcess(Sample[] samples) {
    for (int slabClass = 1; slabClass < samples.length; slabClass++) {
      Sample sample = samples[slabClass];
      if (sample.freeChunks > sample.chunksPerPage * FREE_PAGES_MIN && isQuiet(window[slabClass])) {
        return slabClass;
      }
    }
    return 0;
  }

  private static boolean isQuiet(Second[] seconds) {
    for (Second second : seconds) {
      if (second.dirty) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Choice oldestToYoungest(Sample[] samples, int slot, double ratio) {
    long evictedByAll = 0;
    for (int slabClass = 1; slabClass < samples.length; slabClass++) {
      evictedByAll += evicted(window[slabClass]);
    }
    int oldest = 0;
    int youngest = 0;
    double oldestAge = 0;
    double youngestAge = Double.MAX_VALUE;
    for (int slabClass = 1; slabClass < samples.length; slabClass++) {
      Second[] seconds = window[slabClass];
      double age = age(seconds);
      if (samples[slabClass].pages > SOURCE_PAGES_MIN && age > oldestAge) {
        oldest = slabClass;
        oldestAge = age;
      }
      if (evictsMuch(seconds, evictedByAll) && age < youngestAge) {
        youngest = slabClass;
        youngestAge = age;
      }
    }
    boolean worthIt =
        oldest != 0
            && youngest != 0
            && oldest != youngest
            && youngestAge < oldestAge * ratio
            && window[youngest][slot].evicted > 0;
    return worthIt ? new Choice(oldest, youngest) : null;
  }

  private boolean evictsMuch(Second[] seconds, long evictedByAll) {
    int evicting = 0;
    for (Second second : seconds) {
      evicting += second.evicted > 0 ? 1 : 0;
    }
    long evicted = evicted(seconds);
    return evicting > windowSamples * EVICTING_SAMPLES_MIN
        || (evicted > 0 && evicted > evictedByAll * EVICTED_SHARE_MIN);
  }

  private static long evicted(Second[] seconds) {
    long evicted = 0;
    for (Second second : seconds) {
      evicted += second.evicted;
    }
    return evicted;
  }

  private double age(Second[] seconds) {
    double sum = 0;
    for (Second second : seconds) {
      sum += second.age;
    }
    return sum / windowSamples;
  }
}
