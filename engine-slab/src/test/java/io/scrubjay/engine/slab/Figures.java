package io.scrubjay.engine.slab;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.testkit.Await;
import java.util.HashMap;
import java.util.Map;

/// An engine's general statistics as numbers.
final class Figures {
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

  /// Returns when the figure is `value`.
  void await(String name, long value) {
    Await.until(name + " of " + value, () -> of(name) == value);
  }
}
