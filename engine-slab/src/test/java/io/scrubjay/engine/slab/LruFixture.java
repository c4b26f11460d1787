package io.scrubjay.engine.slab;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.Tally;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An engine whose background work is done when the test says so. Threads: confined.
final class LruFixture implements AutoCloseable {
  /// Longer than the longest pause of [Pace].
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(2);

  final FakeClock clock = new FakeClock();
  final SlabEngine engine;
  final EngineDriver driver;
  private long nowNanos;

  LruFixture(Map<String, String> settings) {
    this(settings, 64L << 20, EngineEvents.NONE);
  }

  LruFixture(Map<String, String> settings, long memoryBytes, EngineEvents events) {
    var options = new EngineOptions(memoryBytes, 1 << 20, true, true, 1, settings);
    engine = new SlabEngine(options, clock, events, false);
    driver = new EngineDriver(engine);
  }

  /// The maintainer does all that there is to do.
  void maintain() {
    nowNanos += TURN_NANOS;
    engine.maintain(nowNanos);
  }

  /// A figure of plain `stats`.
  long general(String name) {
    return figure(StatisticsGroup.GENERAL, name);
  }

  /// A figure of the first slab class in `stats items`.
  long first(String name) {
    return figure(StatisticsGroup.ITEMS, "items:1:" + name);
  }

  private long figure(StatisticsGroup group, String name) {
    Map<String, String> figures = new HashMap<>();
    engine.statistics(group, figures::put);
    String value = figures.get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + figures.keySet());
    }
    return Long.parseLong(value);
  }

  /// What the first class has in HOT, WARM, COLD.
  String queues() {
    return first("number_hot") + " " + first("number_warm") + " " + first("number_cold");
  }

  /// Items that make up the bulk of the first class, so that the others' share of it is small.
  void fill(int items) {
    for (int i = 0; i < items; i++) {
      driver.set("bulk" + i, "1");
    }
  }

  /// A hit, counted as a `get` is.
  void read(String key, int times) {
    for (int i = 0; i < times; i++) {
      if (driver.readBytes(key, true) == null) {
        throw new AssertionError(key + " isn't there");
      }
      driver.session.tally(Tally.GET_HITS);
    }
  }

  @Override
  public void close() {
    engine.validate(0);
    driver.close();
    engine.close();
  }
}
