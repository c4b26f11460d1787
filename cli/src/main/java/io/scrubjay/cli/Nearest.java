package io.scrubjay.cli;

import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What somebody may have meant who wrote a name that is nobody's.
final class Nearest {
  private Nearest() {}

  /// `; did you mean NAME?`, or nothing when no name is near.
  static String hint(String name, Stream<String> known) {
    return hint(name, known, UnaryOperator.identity());
  }

  /// `written`: how the nearest name is to be written.
  static String hint(String name, Stream<String> known, UnaryOperator<String> written) {
    int tolerated = Math.max(1, name.length() / 3);
    return known
        .filter(candidate -> distance(name, candidate) <= tolerated)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map(nearest -> "; did you mean " + written.apply(nearest) + "?")
        .orElse("");
  }

  /// How many letters must be put in, left out or changed to make one of the other (Levenshtein).
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
