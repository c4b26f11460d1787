package io.scrubjay.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// A position that moves forward over a segment: what encoders write to.
///
/// Shape: `position` is where the next byte goes, `limit` the first byte that isn't ours. Errors:
/// writing past `limit` is an `IndexOutOfBoundsException` by the caller's fault; ask [#room] first.
/// Threads: confined.
public final class ByteOutput {
  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    long power = 1;
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private final MemorySegment segment;
  private final long limit;
  private long position;

  public ByteOutput(MemorySegment segment) {
    this.segment = segment;
    this.limit = segment.byteSize();
  }

  public MemorySegment segment() {
    return segment;
  }

  public long position() {
    return position;
  }

  /// Back to a position asked for earlier, or forward over bytes written by other means.
  public void position(long position) {
    if (position < 0 || position > limit) {
      throw new IndexOutOfBoundsException("position " + position + ", must be 0.." + limit);
    }
    this.position = position;
  }

  public long room() {
    return limit - position;
  }

  public void put(byte value) {
    segment.set(JAVA_BYTE, position, value);
    position++;
  }

  /// `bytes` is a constant the caller keeps (heap or native).
  public void put(MemorySegment bytes) {
    put(bytes, 0, bytes.byteSize());
  }

  public void put(MemorySegment source, long offset, long bytes) {
    MemorySegment.copy(source, offset, segment, position, bytes);
    position += bytes;
  }

  /// Eight bytes at once; the first to be sent is the lowest.
  public void putLittleEndianLong(long value, int bytesUsed) {
    segment.set(JAVA_LONG_UNALIGNED, position, value);
    position += bytesUsed;
  }

  /// Decimal digits of `value` taken as unsigned.
  public void putUnsigned(long value) {
    int digits = unsignedDigits(value);
    long at = position + digits;
    position = at;
    long rest = value;
    if (rest < 0) {
      long quotient = Long.divideUnsigned(rest, 10);
      segment.set(JAVA_BYTE, --at, (byte) ('0' + (rest - quotient * 10)));
      rest = quotient;
    }
    do {
      long quotient = rest / 10;
      segment.set(JAVA_BYTE, --at, (byte) ('0' + (rest - quotient * 10)));
      rest = quotient;
    } while (rest != 0);
  }

  public void putSigned(long value) {
    if (value < 0) {
      put((byte) '-');
      putUnsigned(-value);
    } else {
      putUnsigned(value);
    }
  }

  /// How many decimal digits `value`, taken as unsigned, has.
  public static int unsignedDigits(long value) {
    if (value < 0) {
      return Long.compareUnsigned(value, -8_446_744_073_709_551_616L) >= 0 ? 20 : 19;
    }
    int digits = 1;
    while (digits < POWERS_OF_TEN.length && value >= POWERS_OF_TEN[digits]) {
      digits++;
    }
    return digits;
  }
}
