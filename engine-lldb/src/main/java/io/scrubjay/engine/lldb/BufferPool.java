package io.scrubjay.engine.lldb;

import java.util.ArrayDeque;

/// One session's spare buffers, by size: powers of two from [#BYTES_MIN] up.
///
/// Limits: at most [#KEPT_BYTES_MAX] are kept; what comes back beyond that is freed. Threads: one
/// at a time. Allocation: none while sizes repeat.
final class BufferPool implements AutoCloseable {
  static final int BYTES_MIN = 1024;
  static final int KEPT_BYTES_MAX = 2 << 20;
  private static final int SIZES = 32;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type can't be made otherwise
  private final ArrayDeque<NativeBuffer>[] spare = new ArrayDeque[SIZES];

  private long keptBytes;

  BufferPool() {
    for (int i = 0; i < SIZES; i++) {
      spare[i] = new ArrayDeque<>(0);
    }
  }

  /// A buffer of at least `bytes`.
  NativeBuffer take(int bytes) {
    int power = power(bytes);
    NativeBuffer kept = spare[power].poll();
    if (kept == null) {
      return new NativeBuffer(power == Integer.SIZE - 1 ? bytes : 1 << power);
    }
    keptBytes -= kept.capacity();
    return kept;
  }

  void giveBack(NativeBuffer buffer) {
    if (keptBytes + buffer.capacity() > KEPT_BYTES_MAX) {
      buffer.free();
    } else {
      keptBytes += buffer.capacity();
      spare[power(buffer.capacity())].push(buffer);
    }
  }

  private static int power(int bytes) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, BYTES_MIN) - 1);
  }

  @Override
  public void close() {
    for (ArrayDeque<NativeBuffer> size : spare) {
      size.forEach(NativeBuffer::free);
      size.clear();
    }
    keptBytes = 0;
  }
}
