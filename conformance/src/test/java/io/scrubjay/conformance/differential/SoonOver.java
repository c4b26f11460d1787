package io.scrubjay.conformance.differential;

import java.util.Set;
import java.util.regex.Pattern;

/// Commands whose effect depends on when the servers' seconds begin: a deadline that comes while
/// the episode runs. They are sent before a silence only.
final class SoonOver {
  private static final int SECONDS_MAX = 100;
  private static final Set<String> STORES =
      Set.of("set", "add", "replace", "append", "prepend", "cas");
  private static final Pattern META_TIME = Pattern.compile("m[gsda] .* [TNR]0*[1-9]\\d?( .*)?");

  private SoonOver() {}

  static boolean concerns(Command command) {
    if (command.binary()) {
      return isSoonFrame(command.wire());
    }
    String[] words = command.words();
    int at = exptimeAt(words[0]);
    String line = command.line();
    return (at > 0 && at < words.length && isSoon(words[at])) || META_TIME.matcher(line).matches();
  }

  /// All extras that hold an exptime end with it.
  private static boolean isSoonFrame(String wire) {
    int end = BinaryFrames.HEADER_BYTES + wire.charAt(4);
    if (wire.charAt(4) < 4 || end > wire.length()) {
      return false;
    }
    String exptime = wire.substring(end - 4, end);
    return exptime.startsWith("\0\0\0") && exptime.charAt(3) > 0 && exptime.charAt(3) < SECONDS_MAX;
  }

  private static int exptimeAt(String verb) {
    if (STORES.contains(verb)) {
      return 3;
    }
    return switch (verb) {
      case "touch" -> 2;
      case "gat", "gats", "flush_all" -> 1;
      default -> 0;
    };
  }

  /// A prefix counts, since some of these are read as far as they are digits.
  private static boolean isSoon(String word) {
    int end = word.startsWith("+") ? 1 : 0;
    int start = end;
    while (end < word.length() && end < start + 9 && Character.isDigit(word.charAt(end))) {
      end++;
    }
    int seconds = end == start ? 0 : Integer.parseInt(word.substring(start, end));
    return seconds > 0 && seconds < SECONDS_MAX;
  }
}
