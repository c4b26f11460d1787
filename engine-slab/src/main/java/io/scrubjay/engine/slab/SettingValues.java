package io.scrubjay.engine.slab;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The engine's settings as text, read as what they mean. Errors: `IllegalArgumentException` naming
/// the setting, its value and the rule.
///
/// Threads: confined.
final class SettingValues {
  private final SortedMap<String, String> values;
  private final Set<String> known = new HashSet<>();

  SettingValues(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /// A setting that nobody has asked for is another engine's, or a mistake.
  void requireNoOthers() {
    values.forEach(
        (name, value) ->
            require(
                known.contains(name), name, value, "left out: engine=slab has no such setting"));
  }

  private @Nullable String value(String name) {
    known.add(name);
    return values.get(name);
  }

  int integer(String name, int unset) {
    return number(name, unset, "number", Integer::parseInt);
  }

  /// 32 bits, unsigned.
  long unsigned(String name, long unset) {
    return number(
        name,
        unset,
        "number of 32 bits",
        value -> Integer.toUnsignedLong(Integer.parseUnsignedInt(value)));
  }

  /// 63 bits.
  long bytes(String name, long unset) {
    return number(name, unset, "number of bytes", Long::parseLong);
  }

  double decimal(String name, double unset) {
    return number(name, unset, "number", Double::parseDouble);
  }

  boolean flag(String name, boolean unset) {
    String value = value(name);
    if (value == null) {
      return unset;
    }
    require(value.equals("yes") || value.equals("no"), name, value, "yes or no");
    return value.equals("yes");
  }

  String text(String name, String unset) {
    return Objects.requireNonNullElse(value(name), unset);
  }

  private <N extends Number> N number(
      String name, N unset, String kind, Function<String, N> parse) {
    String value = value(name);
    try {
      return value == null ? unset : parse.apply(value);
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException(name + " = " + value + ", must be a " + kind, notOne);
    }
  }

  static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", must be " + rule);
    }
  }
}
