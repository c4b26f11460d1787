package io.scrubjay.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Random;

/// Meta commands with flags that both versions know.
final class MetaLines {
  private static final String[] GET_FLAGS = {
    "c", "f", "h", "k", "l", "s", "t", "u", "v", "v", "q", "Oab", "R1000"
  };
  private static final String[] STORE_FLAGS = {"c", "k", "q", "O1", "F7", "I"};
  private static final String[] STORE_MODES = {"", "ME", "MA", "MP", "MR", "MS", "Me"};
  private static final String[] DELETE_FLAGS = {"k", "q", "O2", "I"};
  private static final String[] ARITHMETIC_FLAGS = {
    "c", "k", "q", "t", "v", "v", "D5", "MI", "MD", "M+", "J10", "N0", "N900", "O3"
  };

  private static final int BASE64_IN = 6;

  private MetaLines() {}

  static String get(Random random, String key, String exptime) {
    String vivify = random.nextInt(8) == 0 ? " N900" : "";
    return "mg "
        + key(random, key)
        + flags(random, GET_FLAGS)
        + vivify
        + ttl(random, exptime)
        + "\r\n";
  }

  static String store(Random random, String key, String value, String exptime) {
    String mode = STORE_MODES[random.nextInt(STORE_MODES.length)];
    String cas = random.nextInt(5) == 0 ? " C" + Command.CAS_HOLE : "";
    boolean base64 = random.nextInt(BASE64_IN) == 0;
    return "ms %s %d%s%s%s%s%s\r\n%s\r\n"
        .formatted(
            base64 ? encoded(key) : key,
            value.length(),
            base64 ? " b" : "",
            flags(random, STORE_FLAGS),
            ttl(random, exptime),
            cas,
            mode.isEmpty() ? "" : " " + mode,
            value);
  }

  static String other(Random random, String key, String exptime) {
    return switch (random.nextInt(5)) {
      case 0, 1 ->
          "ma "
              + key(random, key)
              + flags(random, ARITHMETIC_FLAGS)
              + ttl(random, exptime)
              + "\r\n";
      case 2 ->
          "md " + key(random, key) + flags(random, DELETE_FLAGS) + ttl(random, exptime) + "\r\n";
      case 3 -> "me " + key + "\r\n";
      default -> "mn\r\n";
    };
  }

  /// Some in base64, with the flag that says so.
  private static String key(Random random, String key) {
    return random.nextInt(BASE64_IN) == 0 ? encoded(key) + " b" : key;
  }

  private static String encoded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(ISO_8859_1));
  }

  private static String ttl(Random random, String exptime) {
    return random.nextInt(6) == 0 ? " T" + exptime : "";
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
