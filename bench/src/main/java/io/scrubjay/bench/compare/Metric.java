package io.scrubjay.bench.compare;

import java.util.Arrays;
import java.util.List;

/// What a round measures; the order is that of a table's rows.
enum Metric {
  REQUESTS_PER_SECOND("requests/s"),
  P50_MICROS("p50, us"),
  P99_MICROS("p99, us"),
  P999_MICROS("p99.9, us"),
  INSTRUCTIONS("instructions/request, kernel included"),
  INSTRUCTIONS_USER("user instructions/request"),
  CYCLES_USER("user cycles/request"),
  INSTRUCTIONS_EMULATED("user instructions/request, emulated"),
  CPU_MICROS("CPU us/request"),
  CPU_USER_MICROS("of it user"),
  CPU_SYSTEM_MICROS("of it system"),
  WAITED_MICROS("waiting for a core, us/request"),
  SYSCALLS("system calls/request"),
  SWITCHES("context switches/request"),
  MISSES_OF_10_000("misses of 10,000 gets");

  /// What a request costs, whatever it gets.
  static final List<Metric> COSTS =
      Arrays.stream(values()).filter(metric -> metric != MISSES_OF_10_000).toList();

  private final String title;

  Metric(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
