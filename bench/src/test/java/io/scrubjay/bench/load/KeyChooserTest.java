package io.scrubjay.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyChooserTest {
  private static final int KEYS = 100;
  private static final int DRAWS = 100_000;
  private static final long SEED = 42;

  private static int[] sortedCounts(double skew) {
    var chooser = new KeyChooser(KEYS, skew, new Random(SEED));
    int[] counts = new int[KEYS];
    for (int i = 0; i < DRAWS; i++) {
      counts[chooser.next()]++;
    }
    Arrays.sort(counts);
    return counts;
  }

  @Test
  void withoutSkewEveryKeyIsAsPopular() {
    int[] counts = sortedCounts(0);
    assertTrue(counts[0] > 800, "rarest of seed 42: " + counts[0]);
    assertTrue(counts[KEYS - 1] < 1200, "most popular of seed 42: " + counts[KEYS - 1]);
  }

  @Test
  void withSkewOneTheFirstIsTwiceAsPopularAsTheSecond() {
    int[] counts = sortedCounts(1);
    assertEquals(2.0, (double) counts[KEYS - 1] / counts[KEYS - 2], 0.1, "seed 42");
  }
}
