package io.scrubjay.bench.argument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A command's arguments: `--name value` or `--name=value`, each asked for by name, and an error
/// for any that nobody asked for.
///
/// Errors: `IllegalArgumentException` naming the argument and the rule. Threads: confined.
public final class Arguments {
  private final Map<String, String> given = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  public Arguments(List<String> words) {
    List<String> rest = new ArrayList<>(words);
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      if (!word.startsWith("--")) {
        throw new IllegalArgumentException(word + ": arguments are --name value");
      }
      int equals = word.indexOf('=');
      String name = word.substring(2, equals < 0 ? word.length() : equals);
      if (equals < 0 && rest.isEmpty()) {
        throw new IllegalArgumentException(word + " needs a value");
      }
      given.put(name, equals < 0 ? rest.removeFirst() : word.substring(equals + 1));
    }
  }

  public String text(String name, String otherwise) {
    known.add(name);
    return given.getOrDefault(name, otherwise);
  }

  public int integer(String name, int otherwise) {
    return Math.toIntExact(number(name, otherwise));
  }

  public long number(String name, long otherwise) {
    String text = text(name, Long.toString(otherwise));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("--" + name + " = " + text + ", must be a whole number");
    }
  }

  public double fraction(String name, double otherwise) {
    String text = text(name, Double.toString(otherwise));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("--" + name + " = " + text + ", must be a number");
    }
  }

  /// To be called once every argument has been asked for.
  public void refuseUnknown() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "--" + name + " is none of: --" + String.join(" --", known));
      }
    }
  }
}
