package io.scrubjay.cli;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Reads the value of one `-o` item into [Settings], with memcached's words when it can't be.
@FunctionalInterface
interface ValueReader {
  /// memcached's three ways to say that there is no value.
  String ARGUMENT = "Missing %s argument";

  String NUMERIC = "Missing numeric argument for %s";
  String VALUE = "Missing %s value";

  /// `value` is null where the item has no `=`. Returns null, or the end that the value asks for.
  Launch.@Nullable Exit read(String name, @Nullable String value, Settings settings);

  /// An item that is a switch: a value is ignored, as memcached does.
  static ValueReader flag(Consumer<Settings> effect) {
    return (_, _, settings) -> {
      effect.accept(settings);
      return null;
    };
  }

  /// A switch that gives engine settings: names and values in turn.
  static ValueReader engineFlag(String... namesAndValues) {
    return flag(
        settings -> {
          for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.engine.put(namesAndValues[i], namesAndValues[i + 1]);
          }
        });
  }

  static ValueReader text(BiConsumer<Settings, String> effect) {
    return text(ARGUMENT, effect);
  }

  private static ValueReader text(String missing, BiConsumer<Settings, String> effect) {
    return (name, value, settings) -> {
      if (value == null) {
        return settings.refuse(missing(name, missing));
      }
      effect.accept(settings, value);
      return null;
    };
  }

  /// An engine setting of the item's own name, taken as it is; empty counts as missing.
  static ValueReader engineText() {
    return (name, value, settings) -> {
      if (value == null || value.isEmpty()) {
        return settings.refuse(missing(name, ARGUMENT));
      }
      settings.engine.put(name, value);
      return null;
    };
  }

  /// A number as `atoi` reads it.
  static ValueReader integer(
      String missing, IntPredicate valid, String refusal, BiConsumer<Settings, Integer> effect) {
    return (name, value, settings) -> {
      if (value == null) {
        return settings.refuse(missing(name, missing));
      }
      int number = LooseNumber.integer(value);
      if (!valid.test(number)) {
        return settings.refuse(refusal);
      }
      effect.accept(settings, number);
      return null;
    };
  }

  /// As [#integer], for an engine setting of the item's own name.
  static ValueReader engineInteger(String missing, IntPredicate valid, String refusal) {
    return (name, value, settings) ->
        integer(missing, valid, refusal, (to, number) -> to.engine.put(name, "" + number))
            .read(name, value, settings);
  }

  /// A number as `atof` reads it, for an engine setting of the item's own name.
  static ValueReader engineDecimal(DoublePredicate valid, String refusal) {
    return (name, value, settings) -> {
      if (value == null) {
        return settings.refuse(missing(name, ARGUMENT));
      }
      double number = LooseNumber.decimal(value);
      if (!valid.test(number)) {
        return settings.refuse(refusal);
      }
      settings.engine.put(name, Double.toString(number));
      return null;
    };
  }

  /// An unsigned number that must be one: `strict` in memcached's terms.
  static ValueReader strict(LongPredicate valid, BiConsumer<Settings, Long> effect) {
    return (name, value, settings) ->
        strict(ARGUMENT, valid, "could not parse argument to " + name, effect)
            .read(name, value, settings);
  }

  static ValueReader strict(
      String missing, LongPredicate valid, String refusal, BiConsumer<Settings, Long> effect) {
    return (name, value, settings) -> {
      if (value == null) {
        return settings.refuse(missing(name, missing));
      }
      long number = LooseNumber.unsigned(value);
      if (number < 0 || !valid.test(number)) {
        return settings.refuse(refusal);
      }
      effect.accept(settings, number);
      return null;
    };
  }

  static String missing(String name, String words) {
    return words.formatted(name);
  }
}
