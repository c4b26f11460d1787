package io.scrubjay.protocol;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/// Reading decimal text as memcached reads it.
///
/// Strict (spec T-07): digits only, and one leading `-` where the type is signed; at most 11
/// characters for 32 bits and 22 for 64. Lenient (spec T-08): what C's `strtoul` and `strtol` take,
/// cut down to 32 bits.
public final class Decimals {
  /// What the methods returning a `long` answer for text that isn't such a number.
  public static final long INVALID = Long.MIN_VALUE;

  private static final int CHARACTERS_32_MAX = 11;
  private static final int CHARACTERS_64_MAX = 22;
  private static final long UNSIGNED_MAX_TENTH = Long.divideUnsigned(-1, 10);

  private Decimals() {}

  /// Strict, signed, 32 bits; or [#INVALID].
  public static long int32(MemorySegment text, long offset, int length) {
    if (length > CHARACTERS_32_MAX) {
      return INVALID;
    }
    long value = signed(text, offset, length);
    return value == (int) value ? value : INVALID;
  }

  /// Strict, unsigned, 32 bits; or [#INVALID].
  public static long uint32(MemorySegment text, long offset, int length) {
    if (length > CHARACTERS_32_MAX || !isUint64(text, offset, length)) {
      return INVALID;
    }
    long value = uint64(text, offset, length);
    return value >>> Integer.SIZE == 0 ? value : INVALID;
  }

  /// Strict, signed, 64 bits; or [#INVALID], which also stands for the least of them.
  public static long int64(MemorySegment text, long offset, int length) {
    return length > CHARACTERS_64_MAX ? INVALID : signed(text, offset, length);
  }

  /// Whether [#uint64] may be asked.
  public static boolean isUint64(MemorySegment text, long offset, int length) {
    return length <= CHARACTERS_64_MAX && isUnsigned(text, offset, length);
  }

  /// The number that [#isUint64] approved of; a value over 2^63 comes out negative.
  public static long uint64(MemorySegment text, long offset, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value * 10 + (text.get(JAVA_BYTE, offset + i) - '0');
    }
    return value;
  }

  /// Lenient flags: the low 32 bits of an unsigned 64-bit number, as 0..2^32-1; or [#INVALID]. A
  /// minus sign is only good before a zero.
  public static long lenientFlags(MemorySegment text, long offset, int length) {
    int start = skipSpace(text, offset, 0, length);
    int digits = skipSign(text, offset, start, length);
    int end = skipDigits(text, offset, digits, length);
    if (!isLenient(text, offset, digits, end, length)) {
      return INVALID;
    }
    long value = uint64(text, offset + digits, end - digits);
    boolean minus = text.get(JAVA_BYTE, offset + start) == '-';
    return minus && value != 0 ? INVALID : value & 0xffff_ffffL;
  }

  /// Lenient exptime: a signed 64-bit number cut to its low 32 bits; or [#INVALID].
  public static long lenientExptime(MemorySegment text, long offset, int length) {
    int start = skipSpace(text, offset, 0, length);
    int digits = skipSign(text, offset, start, length);
    int end = skipDigits(text, offset, digits, length);
    if (!isLenient(text, offset, digits, end, length)) {
      return INVALID;
    }
    long value = uint64(text, offset + digits, end - digits);
    boolean minus = text.get(JAVA_BYTE, offset + start) == '-';
    if (value < 0 && !(minus && value == Long.MIN_VALUE)) {
      return INVALID;
    }
    return (int) (minus ? -value : value);
  }

  private static long signed(MemorySegment text, long offset, int length) {
    if (length == 0) {
      return INVALID;
    }
    int start = text.get(JAVA_BYTE, offset) == '-' ? 1 : 0;
    if (!isUnsigned(text, offset + start, length - start)) {
      return INVALID;
    }
    long value = uint64(text, offset + start, length - start);
    if (value < 0) {
      return INVALID;
    }
    return start == 1 ? -value : value;
  }

  private static boolean isUnsigned(MemorySegment text, long offset, int length) {
    if (length == 0) {
      return false;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.get(JAVA_BYTE, offset + i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      int order = i < 19 ? -1 : Long.compareUnsigned(value, UNSIGNED_MAX_TENTH);
      if (order > 0 || (order == 0 && digit > 5)) {
        return false;
      }
      value = value * 10 + digit;
    }
    return true;
  }

  private static boolean isLenient(
      MemorySegment text, long offset, int digits, int end, int length) {
    boolean ends = end == length || isSpace(text.get(JAVA_BYTE, offset + end));
    return ends && isUnsigned(text, offset + digits, end - digits);
  }

  private static int skipSpace(MemorySegment text, long offset, int from, int length) {
    int at = from;
    while (at < length && isSpace(text.get(JAVA_BYTE, offset + at))) {
      at++;
    }
    return at;
  }

  private static int skipSign(MemorySegment text, long offset, int at, int length) {
    if (at == length) {
      return at;
    }
    byte sign = text.get(JAVA_BYTE, offset + at);
    return sign == '-' || sign == '+' ? at + 1 : at;
  }

  private static int skipDigits(MemorySegment text, long offset, int from, int length) {
    int at = from;
    while (at < length && isDigit(text.get(JAVA_BYTE, offset + at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /// C's `isspace`.
  private static boolean isSpace(byte character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }
}
