package io.scrubjay.conformance.differential;

import io.scrubjay.protocol.binary.BinaryDecoder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /// More than 1 GiB of body is too large there, and invalid here.
  B_04,

  /// Numbers are read by strtol there: signs, more digits and wider ranges pass.
  T_07,

  /// An unknown command whose last word is `noreply` is answered there.
  T_10,

  /// Another number of words than needed: unknown command there; too few are bad format here, and
  /// too many pass.
  T_20,

  /// A storage line with bad flags, time, CAS or key: its data is the next command there, swallowed
  /// here.
  T_21,

  /// Section 2.3: of a list with a key that is too long, the keys before it are counted there; here
  /// those before the first value that is too large to be copied.
  LONG_KEY,

  /// The first CAS handed out is 1 there and 2 here: CAS are compared relative to the episode's
  /// first.
  T_32,

  /// An immediate flush takes a number from the CAS counter there: so that CAS can still be
  /// compared one is taken here as well, behind the write that holds the flush.
  M_30,

  /// The data of an `ms` whose key is too long is the next command there, swallowed here; and a
  /// command without its key is unknown there.
  X_01,

  /// Any byte begins a flag there.
  X_02,

  /// A number of `md` that is none is told there as a bad flag is.
  X_05,

  /// An `ma` whose key is too long is told so there.
  X_06,

  /// An item that a miss made doesn't know there that its key was sent in base64, and a key that is
  /// no base64 is told in other words.
  X_07,

  /// Section 3.3: the seconds left are a negative number there.
  DEBUG_EXP,

  /// Section 3.7: the `T` of an `ma` is lost there when the number outgrows its item.
  ARITHMETIC_TOUCH,

  /// Section 3.5: an `ms` doesn't tell its size there.
  STORE_SIZE,

  /// Section 3.5: other than one byte behind `M` is an error of its own there.
  MODE_WORD,

  /// One message for both there: `invalid or duplicate flag`; `x` and `E` are unknown, `S` is
  /// known.
  X_04,

  /// What a word of `stats` begins with is no word there.
  Q_02,

  /// Section 2.4: an item whose value waits to be sent is held there, so that a shorter number
  /// behind a read in the same write doesn't keep the old length. Here the value was copied.
  HELD,

  /// What is no frame closes, and takes answers with it there that were not sent yet; here they are
  /// sent.
  B_02,

  /// The body of an unknown opcode is passed over twice there if it holds a key or extras.
  B_06,

  /// Section 4.2: the name of a statistic is compared there with bytes behind its end.
  STAT_NAME,

  /// The version command's answer.
  VERSION;

  private static final Set<KnownDifference> BINARY = EnumSet.of(B_02, B_04, B_06, M_30, STAT_NAME);
  private static final Set<String> COUNTED =
      Set.of("incr", "decr", "touch", "gat", "gats", "flush_all", "verbosity");
  private static final Set<String> STORES = Set.of("set", "add", "replace", "append", "prepend");
  private static final Set<String> NOREPLY =
      Set.of(
          "set",
          "add",
          "replace",
          "append",
          "prepend",
          "cas",
          "incr",
          "decr",
          "touch",
          "delete",
          "flush_all",
          "verbosity");
  private static final Set<String> STATS_WORDS =
      Set.of("reset", "detail", "settings", "cachedump", "conns", "extstore", "proxy");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}|-\\d{1,9}");
  private static final Pattern FLAGS = Pattern.compile("\\d{1,9}");
  private static final Pattern FLUSH = Pattern.compile("flush_all *(-\\d*|0*)( *noreply)? *");
  private static final int KEY_BYTES_MAX = 250;

  private boolean concerns(Command command) {
    return switch (this) {
      case T_03 -> command.line().length() < 2;
      case T_04 -> command.line().startsWith(" ");
      case T_06 -> command.line().indexOf('\0') >= 0;
      case T_07 -> hasLenientNumber(command);
      case T_10 -> isUnknownNoreply(command);
      case T_20 -> hasOddWords(command);
      case T_21 -> isBadStore(command);
      case LONG_KEY -> listsLongKey(command);
      case X_01 -> hasLongKey("ms", command) || command.line().matches("m[gsdae] *|ms +\\S+ *");
      case X_02 -> command.line().matches("m[gsda] +\\S+ .*(?<= )[^ 0-9A-z].*");
      case X_05 -> command.line().matches("md .* [NTRCFJD](-?\\d*[^-\\d ]\\S*|-*)( .*)?");
      case X_06 -> hasLongKey("ma", command);
      case STORE_SIZE -> command.line().matches("ms .* s\\S*( .*)?");
      case MODE_WORD -> command.line().matches("m[ags] .* M(\\S\\S+)?( .*)?");
      case ARITHMETIC_TOUCH -> command.line().matches("ma +(?=.* T)(?!.* M[-D]).*");
      case X_07 -> forgetsBase64(command);
      case X_04 -> command.line().matches("m[gsda] +\\S+ .*(?<= )[xSE].*");
      case Q_02 -> beginsStatsWord(command);
      case T_32, M_30, DEBUG_EXP, HELD, B_04, B_02, B_06, STAT_NAME, VERSION -> false;
    };
  }

  /// Its body is said to be more than 1 GiB.
  private static boolean isHugeFrame(String wire) {
    return wire.charAt(8) >= 0x40;
  }

  /// It says that its body is shorter than it is.
  private static boolean isTooShort(String wire) {
    int low = wire.charAt(10) << Byte.SIZE | wire.charAt(11);
    boolean small = wire.charAt(8) == 0 && wire.charAt(9) == 0;
    return small && BinaryFrames.HEADER_BYTES + low < wire.length();
  }

  private static boolean hasLongKey(String verb, Command command) {
    String[] words = command.words();
    return words[0].equals(verb) && words.length > 1 && words[1].length() > KEY_BYTES_MAX;
  }

  private static boolean listsLongKey(Command command) {
    return command.line().matches("g(et|at)s? +\\S+ .*")
        && List.of(command.words()).stream().anyMatch(word -> word.length() > KEY_BYTES_MAX);
  }

  private static boolean forgetsBase64(Command command) {
    boolean base64 = command.line().matches("m[gsda] .* b\\S*( .*)?");
    return base64 && (command.broken() || command.line().contains(" N"));
  }

  private static boolean beginsStatsWord(Command command) {
    String[] words = command.words();
    return words[0].equals("stats")
        && words.length > 1
        && !STATS_WORDS.contains(words[1])
        && STATS_WORDS.stream().anyMatch(word -> word.startsWith(words[1]));
  }

  private static boolean isUnknownNoreply(Command command) {
    String[] words = command.words();
    return words[words.length - 1].equals("noreply") && !NOREPLY.contains(words[0]);
  }

  private static boolean hasLenientNumber(Command command) {
    String line = command.line();
    return line.matches("m[gsda] .* [NTRCEFJD][+\\t\\x0b\\f].*")
        || (COUNTED.contains(command.words()[0])
            && line.matches(".* ([+-].*|0\\d{9,}.*|\\d{10,}.*|\\d+[^\\d ].*)"));
  }

  /// What a broken command leaves of its data is read as commands too.
  static boolean concernsAny(Command command) {
    if (command.binary()) {
      return BINARY.stream().anyMatch(known -> known.concernsFrame(command))
          || linesOfBrokenMagic(command).anyMatch(KnownDifference::concernsRest);
    }
    return concernsLine(command)
        || (command.broken() && leftover(command).lines().anyMatch(KnownDifference::concernsRest));
  }

  /// A connection that begins with another byte speaks text: what is a frame otherwise is lines.
  private static Stream<String> linesOfBrokenMagic(Command command) {
    String wire = command.wire();
    boolean text = command.broken() && wire.charAt(0) != (BinaryDecoder.REQUEST_MAGIC & 0xff);
    return text ? wire.substring(0, wire.lastIndexOf('\n') + 1).lines() : Stream.empty();
  }

  private static boolean concernsRest(String line) {
    return concernsLine(new Command(0, 0, line, "", true));
  }

  private static String leftover(Command command) {
    String[] words = command.words();
    int lengthAt = words[0].equals("ms") ? 2 : 4;
    boolean stores = STORES.contains(words[0]) || words[0].equals("cas") || lengthAt == 2;
    String data = command.wire().substring(command.wire().indexOf('\n') + 1);
    if (!stores || words.length <= lengthAt || !FLAGS.matcher(words[lengthAt]).matches()) {
      return data;
    }
    return data.substring(Math.min(data.length(), Integer.parseInt(words[lengthAt]) + 2));
  }

  private boolean concernsFrame(Command command) {
    int opcode = command.wire().charAt(1);
    return switch (this) {
      case B_04 -> command.broken() && isHugeFrame(command.wire());
      case B_02 -> command.broken() && isTooShort(command.wire());
      case STAT_NAME -> command.broken() && opcode == BinaryFrames.STAT;
      case B_06 -> command.broken() && opcode > 0x1a && opcode != 0x1c;
      case M_30 ->
          command.broken() && (opcode == BinaryFrames.FLUSH || opcode == BinaryFrames.FLUSH_QUIET);
      default -> false;
    };
  }

  private static boolean concernsLine(Command command) {
    return List.of(values()).stream().anyMatch(known -> known.concerns(command));
  }

  /// [#HELD]: the command begins its write.
  static boolean changesUnheld(Command command) {
    if (command.binary()) {
      int opcode = command.wire().charAt(1) & 0x0f;
      return opcode == BinaryFrames.INCREMENT || opcode == BinaryFrames.DECREMENT;
    }
    return Set.of("incr", "decr", "ma").contains(command.words()[0]);
  }

  /// [#M_30]: the command flushes at once and ends its write.
  static boolean takesCasThere(Command command) {
    if (command.binary()) {
      int opcode = command.wire().charAt(1);
      return opcode == BinaryFrames.FLUSH || opcode == BinaryFrames.FLUSH_QUIET;
    }
    return FLUSH.matcher(command.line()).matches();
  }

  static String normalised(String answers) {
    return answers
        .replaceAll("VERSION 1\\.6\\.\\d+", "VERSION 1.6")
        .replaceAll("(?m)^(ME \\S+ exp=)-([2-9]|\\d{2,}) ", "$1$2 ")
        .replaceAll("(?m)^(op 0b .* body )1\\.6\\.\\d+$", "$1version")
        .replaceAll(
            "CLIENT_ERROR (invalid|duplicate) flag", "CLIENT_ERROR invalid or duplicate flag");
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
