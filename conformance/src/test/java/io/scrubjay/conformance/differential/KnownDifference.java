package io.scrubjay.conformance.differential;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What Debian's memcached 1.6.18 does otherwise than 1.6.45, by row of the behaviour inventory.
///
/// Nothing else is masked. A difference either concerns commands, which are then not sent, since
/// after them the two servers read the stream differently; or it shows in answers, which are then
/// rewritten on both sides.
enum KnownDifference {
  /// Lines of fewer than four bytes: unknown command there, bad format here.
  T_03,

  /// A leading space is skipped there; here it hides the command.
  T_04,

  /// A zero byte ends the line there.
  T_06,

  /// Numbers are read by strtol there: signs, more digits and wider ranges pass.
  T_07,

  /// Another number of words than needed: unknown command there; too few are bad format here, and
  /// too many pass.
  T_20,

  /// A storage line with bad flags, time, CAS or key: its data is the next command there, swallowed
  /// here.
  T_21,

  /// The first CAS handed out is 1 there and 2 here: CAS are compared relative to the episode's
  /// first.
  T_32,

  /// The version command's answer.
  VERSION;

  private static final Set<String> COUNTED =
      Set.of("incr", "decr", "touch", "gat", "gats", "flush_all", "verbosity");
  private static final Set<String> STORES = Set.of("set", "add", "replace", "append", "prepend");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}|-\\d{1,9}");
  private static final Pattern FLAGS = Pattern.compile("\\d{1,9}");
  private static final int KEY_BYTES_MAX = 250;

  private boolean concerns(Command command) {
    return switch (this) {
      case T_03 -> command.line().length() < 2;
      case T_04 -> command.line().startsWith(" ");
      case T_06 -> command.line().indexOf('\0') >= 0;
      case T_07 -> hasLenientNumber(command);
      case T_20 -> hasOddWords(command);
      case T_21 -> isBadStore(command);
      case T_32, VERSION -> false;
    };
  }

  private static boolean hasLenientNumber(Command command) {
    return COUNTED.contains(command.words()[0])
        && command.line().matches(".* ([+-].*|0\\d{9,}.*|\\d{10,}.*|\\d+[^\\d ].*)");
  }

  static boolean concernsAny(Command command) {
    return List.of(values()).stream().anyMatch(known -> known.concerns(command));
  }

  static String normalised(String answers) {
    return answers.replaceAll("VERSION 1\\.6\\.\\d+", "VERSION 1.6");
  }

  private static boolean hasOddWords(Command command) {
    String[] words = command.words();
    boolean noreply = words[words.length - 1].equals("noreply");
    int count = words.length - (noreply ? 1 : 0);
    return switch (words[0]) {
      case "set", "add", "replace", "append", "prepend" -> count != 5;
      case "cas" -> count != 6;
      case "incr", "decr", "touch" -> count != 3;
      case "delete" ->
          words.length > 3 || (words.length == 3 && !noreply && !words[2].equals("0")) || count < 2;
      case "get", "gets" -> words.length < 2;
      case "gat", "gats" -> words.length < 3;
      case "verbosity" -> count != 2;
      case "flush_all" -> count > 2;
      default -> false;
    };
  }

  private static boolean isBadStore(Command command) {
    String[] words = command.words();
    boolean cas = words[0].equals("cas");
    if (!cas && !STORES.contains(words[0])) {
      return false;
    }
    return words.length < 5
        || words[1].length() > KEY_BYTES_MAX
        || !FLAGS.matcher(words[2]).matches()
        || !NUMBER.matcher(words[3]).matches()
        || !NUMBER.matcher(words[4]).matches()
        || (cas && (words.length < 6 || !words[5].matches("\\d{1,19}|" + Command.CAS_HOLE)));
  }
}
