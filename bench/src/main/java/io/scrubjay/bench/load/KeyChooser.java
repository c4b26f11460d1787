package io.scrubjay.bench.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Chooses key numbers by popularity: rank r (from 1) with a weight of 1 / r^skew, ranks dealt to
/// key numbers in a fixed shuffled order, so that popular keys don't lie side by side in memory.
///
/// Shape: the cumulative weights, searched by bisection; only used before the clock starts.
/// Threads: confined.
public final class KeyChooser {
  private final RandomGenerator random;
  private final double[] cumulative;
  private final int[] keyOfRank;

  public KeyChooser(int keyCount, double zipfSkew, RandomGenerator random) {
    this.random = random;
    this.cumulative = new double[keyCount];
    this.keyOfRank = new int[keyCount];
    double sum = 0;
    for (int rank = 0; rank < keyCount; rank++) {
      sum += Math.pow(rank + 1.0, -zipfSkew);
      cumulative[rank] = sum;
      keyOfRank[rank] = rank;
    }
    for (int last = keyCount - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int key = keyOfRank[last];
      keyOfRank[last] = keyOfRank[other];
      keyOfRank[other] = key;
    }
  }

  public int next() {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    int rank = found < 0 ? -found - 1 : found + 1;
    return keyOfRank[Math.min(rank, keyOfRank.length - 1)];
  }
}
