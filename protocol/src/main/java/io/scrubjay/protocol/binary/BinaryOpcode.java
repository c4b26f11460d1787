package io.scrubjay.protocol.binary;

import java.util.Arrays;

/// What a packet asks for; a quiet opcode is the same with [BinaryRequest#quiet].
public enum BinaryOpcode {
  GET(0x00, 0x09, Shape.KEY),
  GETK(0x0c, 0x0d, Shape.KEY),
  SET(0x01, 0x11, Shape.STORE),
  ADD(0x02, 0x12, Shape.STORE),
  REPLACE(0x03, 0x13, Shape.STORE),
  DELETE(0x04, 0x14, Shape.KEY),
  INCREMENT(0x05, 0x15, Shape.COUNTER),
  DECREMENT(0x06, 0x16, Shape.COUNTER),
  QUIT(0x07, 0x17, Shape.EMPTY),
  FLUSH(0x08, 0x18, Shape.FLUSH),
  NOOP(0x0a, Shape.EMPTY),
  VERSION(0x0b, Shape.EMPTY),
  APPEND(0x0e, 0x19, Shape.EXTEND),
  PREPEND(0x0f, 0x1a, Shape.EXTEND),
  STAT(0x10, Shape.OPTIONAL_KEY),
  TOUCH(0x1c, Shape.TOUCH),
  GAT(0x1d, 0x1e, Shape.TOUCH),
  GATK(0x23, 0x24, Shape.TOUCH),
  SASL_LIST_MECHS(0x20, Shape.EMPTY),
  SASL_AUTH(0x21, Shape.EXTEND),
  SASL_STEP(0x22, Shape.EXTEND),
  /// Any other, verbosity and the range operations among them.
  UNKNOWN(-1, Shape.ANY);

  /// Which lengths of extras, key and value belong to it (spec B-05).
  enum Shape {
    EMPTY,
    KEY,
    OPTIONAL_KEY,
    /// Flags, exptime; key; value.
    STORE,
    /// Key; value.
    EXTEND,
    /// Delta, initial, exptime; key.
    COUNTER,
    /// Exptime; key.
    TOUCH,
    /// Maybe exptime.
    FLUSH,
    ANY;

    boolean fits(int extrasLength, int keyLength, long valueBytes) {
      boolean key = keyLength > 0;
      boolean value = valueBytes > 0;
      return switch (this) {
        case EMPTY -> extrasLength == 0 && !key && !value;
        case KEY -> extrasLength == 0 && key && !value;
        // These two don't look at what follows the key: it is read as the next packet.
        case OPTIONAL_KEY -> extrasLength == 0;
        case STORE -> extrasLength == 8 && key;
        case EXTEND -> extrasLength == 0 && key;
        case COUNTER -> extrasLength == 20 && key && !value;
        case TOUCH -> extrasLength == 4 && key;
        case FLUSH -> (extrasLength == 0 || extrasLength == 4) && !key && !value;
        case ANY -> true;
      };
    }
  }

  private static final int NONE = -1;
  private static final BinaryOpcode[] BY_CODE = byCode();

  final Shape shape;
  private final int code;
  private final int quietCode;

  BinaryOpcode(int code, Shape shape) {
    this(code, NONE, shape);
  }

  BinaryOpcode(int code, int quietCode, Shape shape) {
    this.code = code;
    this.quietCode = quietCode;
    this.shape = shape;
  }

  /// What `code`, 0..255, stands for, quiet or not.
  public static BinaryOpcode of(int code) {
    return BY_CODE[code];
  }

  boolean isQuiet(int code) {
    return code == quietCode;
  }

  private static BinaryOpcode[] byCode() {
    BinaryOpcode[] byCode = new BinaryOpcode[256];
    Arrays.fill(byCode, UNKNOWN);
    for (BinaryOpcode opcode : values()) {
      if (opcode.code != NONE) {
        byCode[opcode.code] = opcode;
      }
      if (opcode.quietCode != NONE) {
        byCode[opcode.quietCode] = opcode;
      }
    }
    return byCode;
  }
}
