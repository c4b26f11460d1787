package io.scrubjay.engine.slab;

import java.util.Map;

/// The engine's settings as text, read as what they mean. Errors: `IllegalArgumentException` naming
/// the setting, its value and the rule.
record SettingValues(Map<String, String> values) {

  int integer(String name, int unset) {
    String value = values.get(name);
    try {
      return value == null ? unset : Integer.parseInt(value);
    } catch (NumberFormatException notOne) {
      throw notA(name, value, "number", notOne);
    }
  }

  /// 32 bits, unsigned.
  long unsigned(String name, long unset) {
    String value = values.get(name);
    try {
      return value == null ? unset : Integer.toUnsignedLong(Integer.parseUnsignedInt(value));
    } catch (NumberFormatException notOne) {
      throw notA(name, value, "number of 32 bits", notOne);
    }
  }

  /// 63 bits.
  long bytes(String name, long unset) {
    String value = values.get(name);
    try {
      return value == null ? unset : Long.parseLong(value);
    } catch (NumberFormatException notOne) {
      throw notA(name, value, "number of bytes", notOne);
    }
  }

  double decimal(String name, double unset) {
    String value = values.get(name);
    try {
      return value == null ? unset : Double.parseDouble(value);
    } catch (NumberFormatException notOne) {
      throw notA(name, value, "number", notOne);
    }
  }

  boolean flag(String name, boolean unset) {
    String value = values.get(name);
    if (value == null) {
      return unset;
    }
    require(value.equals("yes") || value.equals("no"), name, value, "yes or no");
    return value.equals("yes");
  }

  String text(String name, String unset) {
    return values.getOrDefault(name, unset);
  }

  private static IllegalArgumentException notA(
      String name, String value, String kind, NumberFormatException cause) {
    return new IllegalArgumentException(name + " = " + value + ", must be a " + kind, cause);
  }

  static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", must be " + rule);
    }
  }
}
