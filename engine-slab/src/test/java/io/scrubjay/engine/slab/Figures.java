package io.scrubjay.engine.slab;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.StatisticsGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// An engine's general statistics as numbers.
final class Figures {
  private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;
  private static final long POLL_NANOS = 100_000;

  private final Engine engine;

  Figures(Engine engine) {
    this.engine = engine;
  }

  String text(String name) {
    Map<String, String> figures = new HashMap<>();
    engine.statistics(StatisticsGroup.GENERAL, figures::put);
    String value = figures.get(name);
    if (value == null) {
      throw new AssertionError("no figure " + name + " in " + figures.keySet());
    }
    return value;
  }

  long of(String name) {
    return Long.parseLong(text(name));
  }

  /// Returns when the figure is `value`; fails after a minute.
  void await(String name, long value) {
    long began = System.nanoTime();
    while (of(name) != value) {
      if (System.nanoTime() - began > LONGEST_WAIT_NANOS) {
        throw new AssertionError(name + " stays " + of(name) + ", waited for " + value);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
