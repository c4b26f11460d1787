package io.scrubjay.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks a command line as GNU `getopt_long` does over the table in [Flag]: letters may be combined
/// (`-vvMp11211`), a long name may be shortened while it stays unambiguous, words that are no
/// options are skipped wherever they stand, and `--` ends the options.
///
/// Errors: a [Bad] with glibc's own sentence; the caller decides what follows. Threads: one at a
/// time.
final class Getopt {
  /// One step of the walk.
  sealed interface Token {}

  /// An option of the table; `argument` is empty when it has none.
  record Option(Flag flag, String argument) implements Token {}

  /// What getopt prints, without a line end.
  record Bad(String message) implements Token {}

  private static final String PROGRAM = "scrubjay: ";

  private final List<String> arguments;
  private int nextIndex;

  /// Letters of a combined word that are still to be read.
  private String letters = "";

  Getopt(List<String> arguments) {
    this.arguments = arguments;
  }

  /// The whole walk.
  static List<Token> all(List<String> arguments) {
    List<Token> tokens = new ArrayList<>();
    var getopt = new Getopt(arguments);
    for (Token token = getopt.next(); token != null; token = getopt.next()) {
      tokens.add(token);
    }
    return tokens;
  }

  /// The next option, or null at the end.
  @Nullable Token next() {
    if (!letters.isEmpty()) {
      return shortOption();
    }
    while (nextIndex < arguments.size()) {
      String word = arguments.get(nextIndex++);
      if (word.equals("--")) {
        nextIndex = arguments.size();
      } else if (word.startsWith("--")) {
        return longOption(word.substring(2));
      } else if (word.startsWith("-") && word.length() > 1) {
        letters = word.substring(1);
        return shortOption();
      }
    }
    return null;
  }

  private Token shortOption() {
    char letter = letters.charAt(0);
    letters = letters.substring(1);
    for (Flag flag : Flag.values()) {
      if (flag.letter == letter) {
        return flag.argument == Flag.Argument.REQUIRED
            ? shortOptionWithArgument(flag)
            : new Option(flag, "");
      }
    }
    return bad("invalid option -- '" + letter + "'");
  }

  private Token shortOptionWithArgument(Flag flag) {
    String attached = letters;
    letters = "";
    if (!attached.isEmpty()) {
      return new Option(flag, attached);
    }
    return nextIndex < arguments.size()
        ? new Option(flag, arguments.get(nextIndex++))
        : bad("option requires an argument -- '" + flag.letter + "'");
  }

  private Token longOption(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    List<Flag> matches = matches(name);
    if (matches.isEmpty()) {
      return bad("unrecognized option '--" + word + "'");
    }
    if (matches.size() > 1) {
      var message = new StringBuilder("option '--" + word + "' is ambiguous; possibilities:");
      matches.forEach(flag -> message.append(" '--").append(flag.longName).append('\''));
      return bad(message.toString());
    }
    Flag flag = matches.getFirst();
    if (equals >= 0) {
      return flag.argument == Flag.Argument.NONE
          ? bad("option '--" + flag.longName + "' doesn't allow an argument")
          : new Option(flag, word.substring(equals + 1));
    }
    if (flag.argument != Flag.Argument.REQUIRED) {
      return new Option(flag, "");
    }
    return nextIndex < arguments.size()
        ? new Option(flag, arguments.get(nextIndex++))
        : bad("option '--" + flag.longName + "' requires an argument");
  }

  /// The flag of exactly this name, or else every flag whose name starts so.
  private static List<Flag> matches(String name) {
    List<Flag> matches = new ArrayList<>();
    for (Flag flag : Flag.values()) {
      if (flag.longName.isEmpty()) {
        continue;
      }
      if (flag.longName.equals(name)) {
        return List.of(flag);
      }
      if (flag.longName.startsWith(name)) {
        matches.add(flag);
      }
    }
    return matches;
  }

  private static Bad bad(String message) {
    return new Bad(PROGRAM + message);
  }
}
