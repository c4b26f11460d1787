package io.scrubjay.net;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// What a read or a write checks before the system gets an address: native memory, still there, and
/// the bytes inside it. All of these are the caller's mistakes, hence exceptions.
final class Transfers {
  private Transfers() {}

  static void checkTarget(MemorySegment target, long offset, int bytes) {
    checkSource(target, offset, bytes);
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("reading into read-only memory");
    }
  }

  static void checkSource(MemorySegment source, long offset, int bytes) {
    Objects.checkFromIndexSize(offset, bytes, source.byteSize());
    if (bytes == 0) {
      throw new IllegalArgumentException("bytes = 0, must be 1 or more");
    }
    if (!source.isNative()) {
      throw new IllegalArgumentException("not native memory");
    }
    if (!source.scope().isAlive()) {
      throw new IllegalStateException("the memory's arena is closed");
    }
  }
}
