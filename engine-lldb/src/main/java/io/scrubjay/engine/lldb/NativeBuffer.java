package io.scrubjay.engine.lldb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// A piece of native memory, as a segment for us and as a byte buffer for RocksDB.
///
/// Threads: one at a time. Owner: whoever made it calls [#free], once.
final class NativeBuffer {
  final MemorySegment segment;

  /// The same bytes. RocksDB moves its position and limit: [#first] sets them anew.
  private final ByteBuffer bytes;

  private final Arena arena;

  @SuppressWarnings("MustBeClosedChecker") // closed by free()
  NativeBuffer(int capacity) {
    // Shared, since a session may be opened by another thread than the one that uses it. Closing a
    // shared arena is dear, which is why buffers are kept and used again.
    arena = Arena.ofShared();
    segment = arena.allocate(capacity, Long.BYTES);
    bytes = segment.asByteBuffer();
  }

  int capacity() {
    return bytes.capacity();
  }

  /// The first `count` bytes.
  ByteBuffer first(int count) {
    return bytes.position(0).limit(count);
  }

  void free() {
    arena.close();
  }
}
