package io.scrubjay.protocol;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Searching and comparing bytes, eight at a step. The byte looked for is never zero, which fills
/// words that are short.
///
/// Reads stay in `[0, to)` of the segment: the last step may look back before `from`, which is
/// cheaper than up to seven single bytes, but never past `to`.
public final class Bytes {
  private static final ValueLayout.OfLong WORD =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Bytes() {}

  /// Offset of the first `wanted` in `[from, to)`, or -1.
  public static long indexOf(MemorySegment input, byte wanted, long from, long to) {
    long pattern = (wanted & 0xffL) * LOW_BITS;
    long at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long hits = zeroBytes(input.get(WORD, at) ^ pattern);
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    if (at >= to) {
      return -1;
    }
    int index = indexIn(tail(input, at, to), wanted);
    return index < to - at ? at + index : -1;
  }

  /// Where the word that starts at `from` ends: at the first space, or at `to`.
  public static long wordEnd(MemorySegment input, long from, long to) {
    long space = indexOf(input, (byte) ' ', from, to);
    return space < 0 ? to : space;
  }

  /// Offset of the first byte in `[from, to)` that is no space, or `to`.
  public static long skipSpaces(MemorySegment input, long from, long to) {
    long at = from;
    while (at < to && input.get(JAVA_BYTE, at) == ' ') {
      at++;
    }
    return at;
  }

  /// Where the first `wanted` is in the eight bytes of `word`, lowest first; 8 when nowhere.
  public static int indexIn(long word, byte wanted) {
    return Long.numberOfTrailingZeros(zeroBytes(word ^ (wanted & 0xffL) * LOW_BITS)) >>> 3;
  }

  /// The eight bytes from `at` on, the first one lowest; zeroes in place of those not before `to`.
  public static long word(MemorySegment input, long at, long to) {
    if (at <= to - Long.BYTES) {
      return input.get(WORD, at);
    }
    return at < to ? tail(input, at, to) : 0;
  }

  /// The bytes of an ASCII word of at most eight letters, as [#word] reads them.
  public static long packed(String word) {
    long packed = 0;
    for (int i = Math.min(word.length(), Long.BYTES) - 1; i >= 0; i--) {
      packed = packed << 8 | word.charAt(i);
    }
    return packed;
  }

  /// Whether the bytes at `offset` are the first `length` letters of `word`.
  public static boolean isStartOf(String word, MemorySegment input, long offset, int length) {
    if (length > word.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (input.get(JAVA_BYTE, offset + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// [#word] of one to seven bytes: a look back over the bytes before them, where there are any.
  private static long tail(MemorySegment input, long at, long to) {
    return to >= Long.BYTES
        ? input.get(WORD, to - Long.BYTES) >>> ((Long.BYTES - (to - at)) << 3)
        : firstBytes(input, at, to);
  }

  private static long firstBytes(MemorySegment input, long at, long to) {
    long word = 0;
    for (long i = to - 1; i >= at; i--) {
      word = word << 8 | (input.get(JAVA_BYTE, i) & 0xff);
    }
    return word;
  }

  /// The high bit of each byte of `word` that is zero. A borrow can raise false bits only above the
  /// first true one, and the lowest bit is the one looked at.
  private static long zeroBytes(long word) {
    return (word - LOW_BITS) & ~word & HIGH_BITS;
  }
}
