package io.scrubjay.bench.load;

import java.util.random.RandomGenerator;

/// Value sizes as those of ETC, Facebook's general-purpose pool: two fifths of 1 to 13 bytes, the
/// others from a generalized Pareto distribution with the published scale and shape, cut at
/// [#BYTES_MAX]. Source: Atikoglu et al., "Workload Analysis of a Large-Scale Key-Value Store",
/// SIGMETRICS 2012.
public final class EtcSizes {
  static final int BYTES_MAX = 8000;
  private static final double TINY_SHARE = 0.4;
  private static final int TINY_BYTES_MAX = 13;
  private static final double SCALE = 214.476;
  private static final double SHAPE = 0.348238;

  private EtcSizes() {}

  /// One size in bytes for each key number.
  public static int[] of(int keys, RandomGenerator random) {
    int[] sizes = new int[keys];
    for (int key = 0; key < keys; key++) {
      sizes[key] =
          random.nextDouble() < TINY_SHARE
              ? 1 + random.nextInt(TINY_BYTES_MAX)
              : 1 + (int) Math.min(BYTES_MAX - 1, pareto(random.nextDouble()));
    }
    return sizes;
  }

  private static double pareto(double uniform) {
    return SCALE * (Math.pow(1 - uniform, -SHAPE) - 1) / SHAPE;
  }
}
