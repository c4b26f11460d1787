package io.scrubjay.engine.lldb;

import java.util.Locale;

/// Reads settings, and says in one line what is wrong with one: name, value, rule.
final class Setting {
  private static final String SIZE_RULE = "a number of bytes, with k, m, g or t behind it if meant";

  private Setting() {}

  static IllegalArgumentException refused(String name, Object value, String rule) {
    return new IllegalArgumentException(name + " = " + value + ", must be " + rule);
  }

  static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw refused(name, value, rule);
    }
  }

  /// The number in `digits`, which is `value` or a part of it.
  static int integer(String name, String value, String digits, String rule) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      throw refused(name, value, rule);
    }
  }

  /// Bytes: `64m` is 64 MiB.
  static long bytes(String name, String value) {
    String text = value.toLowerCase(Locale.ROOT);
    int unit = text.isEmpty() ? -1 : "kmgt".indexOf(text.charAt(text.length() - 1));
    String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
    try {
      long number = Long.parseLong(digits);
      require(number >= 0, name, value, SIZE_RULE);
      return Math.multiplyExact(number, 1L << (10 * (unit + 1)));
    } catch (NumberFormatException | ArithmeticException _) {
      throw refused(name, value, SIZE_RULE);
    }
  }
}
