package io.scrubjay.bench.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The values that the rounds of one server gave, by metric. Threads: confined.
final class Samples {
  private final Map<Metric, List<Double>> values = new EnumMap<>(Metric.class);

  void add(Metric metric, double value) {
    values.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
  }

  List<Double> of(Metric metric) {
    return values.getOrDefault(metric, List.of());
  }

  /// Empty when the metric was not measured on this machine.
  OptionalDouble median(Metric metric) {
    List<Double> measured = of(metric);
    return measured.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Spread.of(measured).median());
  }
}
