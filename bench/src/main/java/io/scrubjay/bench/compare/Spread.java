package io.scrubjay.bench.compare;

import java.util.List;
import java.util.Locale;

/// What rounds gave, in three numbers; as text, a table's cell.
record Spread(double median, double min, double max) {
  /// Of one value at least.
  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int count = sorted.size();
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,.1f (%,.1f..%,.1f)", median, min, max);
  }
}
