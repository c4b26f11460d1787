package io.scrubjay.bench.compare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownTableTest {
  private static Samples samples(double... values) {
    var samples = new Samples();
    for (double value : values) {
      samples.add(Metric.CPU_MICROS, value);
    }
    return samples;
  }

  @Test
  void ratiosAreThoseOfTheMediansAndUnmeasuredRowsSaySo() {
    List<String> lines =
        MarkdownTable.lines("a", samples(4, 2, 90), "b", samples(1, 3, 2, 200), Metric.COSTS);
    assertTrue(
        lines.contains("| CPU us/request | 4.00 (2.00..90.0) | 2.50 (1.00..200) | 0.63 |"),
        () -> String.join("\n", lines));
    assertTrue(
        lines.contains("| user cycles/request | n/a | n/a | n/a |"),
        () -> String.join("\n", lines));
  }
}
