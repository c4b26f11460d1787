package io.scrubjay.bench.compare;

import io.scrubjay.bench.load.Workload;
import java.util.Locale;

/// The workloads that the results page speaks of.
enum NamedWorkload {
  /// 50 connections, 100-byte values, 1 set : 9 gets, one request at a time.
  UNPIPELINED,
  /// The same, 32 requests in a write.
  PIPELINE32,
  /// Gets of 50 keys, no sets.
  MULTIGET50;

  Workload workload() {
    return switch (this) {
      case UNPIPELINED -> Workload.UNPIPELINED;
      case PIPELINE32 -> Workload.UNPIPELINED.withDepth(32);
      case MULTIGET50 -> Workload.UNPIPELINED.withMultiget(50, 0);
    };
  }

  static NamedWorkload named(String name) {
    for (NamedWorkload candidate : values()) {
      if (candidate.lowerCase().equals(name)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        "--workloads: " + name + ", must be unpipelined, pipeline32 or multiget50");
  }

  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
