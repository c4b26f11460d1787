package io.scrubjay.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Bob Jenkins's lookup3 (`hashlittle`) with initial value 0: memcached's key hash of the 1.4 days,
/// `hash_algorithm=jenkins`. Pure.
///
/// Source: the published algorithm (public domain). Twelve bytes a step, read little-endian.
public final class Jenkins {
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int STEP_BYTES = 12;

  private Jenkins() {}

  public static int hash(MemorySegment segment, long offset, int length) {
    int a = 0xDEAD_BEEF + length;
    int b = a;
    int c = a;
    long at = offset;
    int left = length;
    for (; left > STEP_BYTES; left -= STEP_BYTES, at += STEP_BYTES) {
      a += segment.get(WORD, at);
      b += segment.get(WORD, at + 4);
      c += segment.get(WORD, at + 8);
      a = (a - c) ^ Integer.rotateLeft(c, 4);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 6);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 8);
      b += a;
      a = (a - c) ^ Integer.rotateLeft(c, 16);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 19);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 4);
      b += a;
    }
    if (left == 0) {
      return c;
    }
    a += word(segment, at, left);
    b += word(segment, at + 4, left - 4);
    c += word(segment, at + 8, left - 8);
    return last(a, b, c);
  }

  private static int last(int first, int second, int third) {
    int a = first;
    int b = second;
    int c = (third ^ second) - Integer.rotateLeft(second, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }

  /// The first `bytes` of a word, the others 0; none at all for 0 or less.
  private static int word(MemorySegment segment, long at, int bytes) {
    if (bytes >= Integer.BYTES) {
      return segment.get(WORD, at);
    }
    int word = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      word = (word << 8) | (segment.get(JAVA_BYTE, at + i) & 0xFF);
    }
    return word;
  }
}
