package io.scrubjay.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Comparing bytes, eight at a step. Pure functions; heap and native segments alike.
public final class ByteComparison {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt HALF_WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ByteComparison() {}

  /// Whether `length` bytes at `offsetA` of `a` are those at `offsetB` of `b`. The last step of a
  /// length that isn't a multiple of the word overlaps the one before rather than going by bytes.
  public static boolean equal(
      MemorySegment a, long offsetA, MemorySegment b, long offsetB, long length) {
    if (length < Long.BYTES) {
      return shortEqual(a, offsetA, b, offsetB, length);
    }
    long last = length - Long.BYTES;
    for (long at = 0; at < last; at += Long.BYTES) {
      if (a.get(WORD, offsetA + at) != b.get(WORD, offsetB + at)) {
        return false;
      }
    }
    return a.get(WORD, offsetA + last) == b.get(WORD, offsetB + last);
  }

  private static boolean shortEqual(
      MemorySegment a, long offsetA, MemorySegment b, long offsetB, long length) {
    if (length >= Integer.BYTES) {
      long last = length - Integer.BYTES;
      return a.get(HALF_WORD, offsetA) == b.get(HALF_WORD, offsetB)
          && a.get(HALF_WORD, offsetA + last) == b.get(HALF_WORD, offsetB + last);
    }
    for (long at = 0; at < length; at++) {
      if (a.get(JAVA_BYTE, offsetA + at) != b.get(JAVA_BYTE, offsetB + at)) {
        return false;
      }
    }
    return true;
  }
}
