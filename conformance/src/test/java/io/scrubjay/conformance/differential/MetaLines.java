package io.scrubjay.conformance.differential;

import java.util.Random;

/// Meta commands with flags that both versions know. Flags that print a time are left out.
final class MetaLines {
  private static final String[] GET_FLAGS = {"c", "f", "h", "k", "s", "u", "v", "v", "q", "Oab"};
  private static final String[] STORE_FLAGS = {"c", "k", "q", "O1", "F7", "T0", "T900", "I"};
  private static final String[] STORE_MODES = {"", "ME", "MA", "MP", "MR", "MS", "Me"};
  private static final String[] DELETE_FLAGS = {"k", "q", "O2", "I", "T900"};
  private static final String[] ARITHMETIC_FLAGS = {
    "c", "k", "q", "v", "v", "D5", "MI", "MD", "M+", "J10", "N0", "N900", "O3"
  };

  private MetaLines() {}

  static String get(Random random, String key) {
    String vivify = random.nextInt(8) == 0 ? " N900" : "";
    String touch = random.nextInt(8) == 0 ? " T900" : "";
    return "mg " + key + flags(random, GET_FLAGS) + vivify + touch + "\r\n";
  }

  static String store(Random random, String key, String value) {
    String mode = STORE_MODES[random.nextInt(STORE_MODES.length)];
    String cas = random.nextInt(5) == 0 ? " C" + Command.CAS_HOLE : "";
    return "ms %s %d%s%s%s\r\n%s\r\n"
        .formatted(
            key,
            value.length(),
            flags(random, STORE_FLAGS),
            cas,
            mode.isEmpty() ? "" : " " + mode,
            value);
  }

  static String other(Random random, String key) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> "ma " + key + flags(random, ARITHMETIC_FLAGS) + "\r\n";
      case 2 -> "md " + key + flags(random, DELETE_FLAGS) + "\r\n";
      default -> "mn\r\n";
    };
  }

  private static String flags(Random random, String[] from) {
    var flags = new StringBuilder();
    for (int count = random.nextInt(5); count > 0; count--) {
      String flag = from[random.nextInt(from.length)];
      // a letter twice is an error that is worth sending, but seldom
      if (flags.indexOf(" " + flag.charAt(0)) < 0 || random.nextInt(10) == 0) {
        flags.append(' ').append(flag);
      }
    }
    return flags.toString();
  }
}
