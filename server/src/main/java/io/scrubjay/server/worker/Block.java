package io.scrubjay.server.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A buffer that one connection holds for a while: input that is not a whole request yet, or output
/// its socket would not take. Threads: confined to the worker. Owner: [BlockPool].
final class Block {
  private final Arena arena;
  final MemorySegment segment;

  @SuppressWarnings("MustBeClosedChecker") // closed by free()
  Block(int bytes) {
    this.arena = Arena.ofConfined();
    this.segment = arena.allocate(bytes);
  }

  int bytes() {
    return (int) segment.byteSize();
  }

  void free() {
    arena.close();
  }
}
