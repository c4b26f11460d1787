package io.scrubjay.engine;

import java.lang.foreign.MemorySegment;

/// A key where it lies: a reusable cursor over someone else's bytes, 1 to 250 of them, any value.
///
/// Threads: confined to whoever owns it. Ownership: `segment` is lent; the key is valid while those
/// bytes stay, and engines copy what they keep.
public final class Key {
  public static final int BYTES_MAX = 250;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private int length;

  public Key at(MemorySegment segment, long offset, int length) {
    if (length < 1 || length > BYTES_MAX) {
      throw new AssertionError("key of " + length + " bytes, must be 1.." + BYTES_MAX);
    }
    this.segment = segment;
    this.offset = offset;
    this.length = length;
    return this;
  }

  public MemorySegment segment() {
    return segment;
  }

  public long offset() {
    return offset;
  }

  public int length() {
    return length;
  }
}
