package io.scrubjay.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Two servers' samples as a Markdown table: medians, spread, and the ratio of the medians.
final class MarkdownTable {
  private static final String ABSENT = "n/a";

  private MarkdownTable() {}

  static List<String> lines(
      String firstName, Samples first, String secondName, Samples second, List<Metric> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| | "
            + firstName
            + " median (min..max) | "
            + secondName
            + " median (min..max) | "
            + secondName
            + "/"
            + firstName
            + " |");
    lines.add("|---|---|---|---|");
    for (Metric metric : rows) {
      lines.add(
          "| "
              + metric.title()
              + " | "
              + cell(first, metric)
              + " | "
              + cell(second, metric)
              + " | "
              + ratio(first, second, metric)
              + " |");
    }
    return lines;
  }

  private static String cell(Samples samples, Metric metric) {
    List<Double> values = samples.of(metric);
    if (values.isEmpty()) {
      return ABSENT;
    }
    Spread spread = Spread.of(values);
    return number(spread.median())
        + " ("
        + number(spread.min())
        + ".."
        + number(spread.max())
        + ")";
  }

  private static String ratio(Samples first, Samples second, Metric metric) {
    if (first.of(metric).isEmpty() || second.of(metric).isEmpty()) {
      return ABSENT;
    }
    double divisor = first.median(metric).orElseThrow();
    return divisor == 0
        ? ABSENT
        : String.format(Locale.ROOT, "%.2f", second.median(metric).orElseThrow() / divisor);
  }

  /// Three to four significant digits.
  private static String number(double value) {
    String pattern = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
