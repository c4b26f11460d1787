package io.scrubjay.server.options;

/// How an option that can't be is refused: its name, its value and the rule.
public final class Require {
  private Require() {}

  public static void that(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", must be " + rule);
    }
  }
}
