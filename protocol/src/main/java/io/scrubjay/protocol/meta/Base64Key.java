package io.scrubjay.protocol.meta;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Standard base64 with padding, between segments: the JDK's codec wants arrays of its own.
final class Base64Key {
  private static final byte[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = values();
  private static final byte PADDING = '=';

  private Base64Key() {}

  /// Length of the decoded bytes, which are put at the start of `target`; -1 for text that isn't
  /// base64. Bits that don't reach a full byte are dropped unseen.
  static int decode(MemorySegment text, long offset, int length, MemorySegment target) {
    if (length == 0 || length % 4 != 0) {
      return -1;
    }
    int padding = 0;
    while (padding < 3 && text.get(JAVA_BYTE, offset + length - 1 - padding) == PADDING) {
      padding++;
    }
    if (padding > 2) {
      return -1;
    }
    int written = 0;
    int bits = 0;
    for (int i = 0; i < length - padding; i++) {
      int value = VALUES[text.get(JAVA_BYTE, offset + i) & 0xff];
      if (value < 0) {
        return -1;
      }
      bits = bits << 6 | value;
      if (i % 4 != 0) {
        target.set(JAVA_BYTE, written++, (byte) (bits >> (6 - 2 * (i % 4))));
      }
    }
    return written;
  }

  static void encode(ByteOutput out, MemorySegment bytes, long offset, int length) {
    int i = 0;
    for (; i <= length - 3; i += 3) {
      int bits = at(bytes, offset + i) << 16 | at(bytes, offset + i + 1) << 8;
      put(out, bits | at(bytes, offset + i + 2), 4);
    }
    if (length - i == 1) {
      put(out, at(bytes, offset + i) << 16, 2);
      out.put(PADDING);
      out.put(PADDING);
    } else if (length - i == 2) {
      put(out, at(bytes, offset + i) << 16 | at(bytes, offset + i + 1) << 8, 3);
      out.put(PADDING);
    }
  }

  private static void put(ByteOutput out, int bits, int letters) {
    for (int i = 0; i < letters; i++) {
      out.put(LETTERS[bits >> (18 - 6 * i) & 0x3f]);
    }
  }

  private static int at(MemorySegment bytes, long offset) {
    return bytes.get(JAVA_BYTE, offset) & 0xff;
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < LETTERS.length; i++) {
      values[LETTERS[i]] = (byte) i;
    }
    return values;
  }
}
