package io.scrubjay.server.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A buffer that one connection holds for a while: input that is not a whole request yet, or output
/// its socket would not take. Shape: what it holds is at `[from, to)`. Threads: confined to the
/// worker. Owner: [BlockPool].
final class Block {
  private final Arena arena;
  final MemorySegment segment;
  int from;
  int to;

  @SuppressWarnings("MustBeClosedChecker") // closed by free()
  Block(int bytes) {
    this.arena = Arena.ofConfined();
    this.segment = arena.allocate(bytes);
  }

  int bytes() {
    return (int) segment.byteSize();
  }

  int held() {
    return to - from;
  }

  /// Holds `count` bytes and nothing else.
  void hold(MemorySegment bytes, long at, int count) {
    MemorySegment.copy(bytes, at, segment, 0, count);
    from = 0;
    to = count;
  }

  /// Holds `count` of its own bytes and nothing else.
  void holdOwn(long at, int count) {
    if (at > 0) {
      MemorySegment.copy(segment, at, segment, 0, count);
    }
    from = 0;
    to = count;
  }

  void free() {
    arena.close();
  }
}
