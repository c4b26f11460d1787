package io.scrubjay.cli;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
    return given(
        ARGUMENT,
        (_, value, settings) -> {
          effect.accept(settings, value);
          return null;
        });
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
    return number(
        missing,
        LooseNumber::integer,
        valid::test,
        _ -> refusal,
        (settings, _, number) -> effect.accept(settings, number));
  }

  /// A number that must be one, of 0 to `max`; `refusal` is for those that are not.
  static ValueReader choice(int max, String refusal, BiConsumer<Settings, Integer> effect) {
    ValueReader choosing = integer(ARGUMENT, n -> n >= 0 && n <= max, refusal, effect);
    return (name, value, settings) ->
        value == null || LooseNumber.isWhole(value)
            ? choosing.read(name, value, settings)
            : settings.refuse("could not parse argument to " + name);
  }

  /// As [#integer], for an engine setting of the item's own name.
  static ValueReader engineInteger(String missing, IntPredicate valid, String refusal) {
    return number(
        missing, LooseNumber::integer, valid::test, _ -> refusal, ValueReader::toTheEngine);
  }

  /// A number as `atof` reads it, for an engine setting of the item's own name.
  static ValueReader engineDecimal(DoublePredicate valid, String refusal) {
    return number(
        ARGUMENT, LooseNumber::decimal, valid::test, _ -> refusal, ValueReader::toTheEngine);
  }

  /// A number with a fraction that must be one, for an engine setting of the item's own name.
  static ValueReader engineStrictDecimal() {
    return number(
        ARGUMENT,
        LooseNumber::strictDecimal,
        Double::isFinite,
        name -> "could not parse argument to " + name,
        ValueReader::toTheEngine);
  }

  /// An unsigned number that must be one: `strict` in memcached's terms.
  static ValueReader strict(LongPredicate valid, BiConsumer<Settings, Long> effect) {
    return strict(ARGUMENT, valid, name -> "could not parse argument to " + name, effect);
  }

  static ValueReader strict(
      String missing, LongPredicate valid, String refusal, BiConsumer<Settings, Long> effect) {
    return strict(missing, valid, _ -> refusal, effect);
  }

  private static ValueReader strict(
      String missing,
      LongPredicate valid,
      UnaryOperator<String> refusal,
      BiConsumer<Settings, Long> effect) {
    return number(
        missing,
        LooseNumber::unsigned,
        number -> number >= 0 && valid.test(number),
        refusal,
        (settings, _, number) -> effect.accept(settings, number));
  }

  /// What a number does, under the item's name.
  @FunctionalInterface
  interface Effect<N> {
    void accept(Settings settings, String name, N number);
  }

  /// @param refusal memcached's words for a number that is not valid, by the item's name
  private static <N> ValueReader number(
      String missing,
      Function<String, N> parse,
      Predicate<N> valid,
      UnaryOperator<String> refusal,
      Effect<N> effect) {
    return given(
        missing,
        (name, value, settings) -> {
          N number = parse.apply(value);
          if (!valid.test(number)) {
            return settings.refuse(refusal.apply(name));
          }
          effect.accept(settings, name, number);
          return null;
        });
  }

  private static void toTheEngine(Settings settings, String name, Number number) {
    settings.engine.put(name, number.toString());
  }

  /// Reads a value that is there.
  @FunctionalInterface
  interface Given {
    Launch.@Nullable Exit read(String name, String value, Settings settings);
  }

  private static ValueReader given(String missing, Given reader) {
    return (name, value, settings) ->
        value == null
            ? settings.refuse(missing(name, missing))
            : reader.read(name, value, settings);
  }

  static String missing(String name, String words) {
    return words.formatted(name);
  }
}
