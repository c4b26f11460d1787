package io.scrubjay.conformance.differential;

import java.util.Random;

/// Requests of the binary protocol, as [Command] has bytes: one char each, a hole for a CAS.
final class BinaryFrames {
  static final int HEADER_BYTES = 24;
  static final int INCREMENT = 0x05;
  static final int DECREMENT = 0x06;
  static final int QUIT = 0x07;
  static final int QUIT_QUIET = 0x17;
  static final int FLUSH = 0x08;
  static final int FLUSH_QUIET = 0x18;
  static final int NOOP = 0x0a;
  static final int STAT = 0x10;

  private static final int[] GETS = {0x00, 0x00, 0x09, 0x0c, 0x0c, 0x0d};
  private static final int[] STORES = {0x01, 0x01, 0x01, 0x02, 0x03, 0x11, 0x12, 0x13};
  private static final int[] CONCATENATIONS = {0x0e, 0x0f, 0x19, 0x1a};
  private static final int[] ARITHMETIC = {0x05, 0x06, 0x15, 0x16};
  private static final int[] TOUCHES = {0x1c, 0x1d, 0x1e, 0x23, 0x24};
  private static final int[] DELETES = {0x04, 0x04, 0x14};
  private static final int[] OTHERS = {
    NOOP, NOOP, 0x0b, FLUSH, FLUSH_QUIET, QUIT, QUIT_QUIET, 0x1b, 0x20, 0x30
  };
  private static final String[] STATS = {"", "settings", "items", "slabs", "reset", "bogus"};
  private static final int[] DELTAS = {0, 1, 1, 5, 99, -1};

  private BinaryFrames() {}

  static String random(Random random, String key, String value, String exptime) {
    String deadline = word(Integer.parseInt(exptime));
    String cas = random.nextInt(6) == 0 ? Command.CAS_HOLE : word(0) + word(0);
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> frame(pick(random, GETS), "", key, "", word(0) + word(0));
      case 4, 5, 6, 7 -> {
        String extras = word(random.nextInt(3) * 77) + deadline;
        yield frame(pick(random, STORES), extras, key, value, cas);
      }
      case 8, 9 -> frame(pick(random, CONCATENATIONS), "", key, value, cas);
      case 10, 11 -> {
        String numbers = word(0) + word(pick(random, DELTAS)) + word(0) + word(random.nextInt(50));
        String extras = numbers + deadline;
        yield frame(pick(random, ARITHMETIC), extras, key, "", cas);
      }
      case 12, 13 -> frame(pick(random, TOUCHES), deadline, key, "", word(0) + word(0));
      case 14 -> frame(pick(random, DELETES), "", key, "", cas);
      default ->
          random.nextInt(8) == 0
              ? frame(STAT, "", STATS[random.nextInt(STATS.length)], "", word(0) + word(0))
              : frame(pick(random, OTHERS), "", "", "", word(0) + word(0));
    };
  }

  /// One bit of the magic, the opcode or a length is another.
  static String mutated(Random random, String wire) {
    int[] places = {0, 1, 2, 3, 3, 4, 4, 8, 9, 10, 11, 11, 11};
    int at = pick(random, places);
    char changed = (char) (wire.charAt(at) ^ (1 << random.nextInt(Byte.SIZE)));
    return wire.substring(0, at) + changed + wire.substring(at + 1);
  }

  static String noop(int opaque) {
    return "\u0080\n" + "\0".repeat(10) + word(opaque) + "\0".repeat(8);
  }

  static String noopAnswer(int opaque) {
    return "\u0081" + noop(opaque).substring(1);
  }

  private static String frame(int opcode, String extras, String key, String value, String cas) {
    int body = extras.length() + key.length() + value.length();
    return "\u0080"
        + (char) opcode
        + half(key.length())
        + (char) extras.length()
        + "\0\0\0"
        + word(body)
        + word(opcode * 31 + body)
        + cas
        + extras
        + key
        + value;
  }

  private static int pick(Random random, int[] from) {
    return from[random.nextInt(from.length)];
  }

  private static String half(int value) {
    return "" + (char) (value >>> 8 & 0xff) + (char) (value & 0xff);
  }

  /// Four bytes, the highest first.
  static String word(int value) {
    return half(value >>> 16) + half(value);
  }
}
