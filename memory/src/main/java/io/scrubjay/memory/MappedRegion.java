package io.scrubjay.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A [Region] of anonymous private pages straight from the system. The segment is reinterpreted to
/// exactly the length that was mapped, and unmapped when its arena closes.
final class MappedRegion implements Region {
  private final Arena arena;
  private final MemorySegment segment;

  private MappedRegion(Arena arena, MemorySegment segment) {
    this.arena = arena;
    this.segment = segment;
  }

  /// Errors: `IllegalCallerException` when native access is denied.
  static boolean available() {
    return PageCalls.available();
  }

  @SuppressWarnings({"restricted", "MustBeClosedChecker"}) // the arena is closed by #close
  static MappedRegion map(long bytes) {
    MemorySegment mapped = PageCalls.map(bytes);
    Arena arena = Arena.ofShared();
    return new MappedRegion(
        arena, mapped.reinterpret(bytes, arena, pages -> PageCalls.unmap(pages, bytes)));
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  /// Whole pages inside the range only; the ragged ends stay as they are.
  @Override
  public void discard(long offset, long bytes) {
    MemorySegment range = segment.asSlice(offset, bytes);
    long from = -(-offset & -ALIGNMENT_BYTES);
    long to = (offset + bytes) & -ALIGNMENT_BYTES;
    if (to > from) {
      PageCalls.discard(range.asSlice(from - offset, to - from));
    }
  }

  @Override
  public boolean preferLargePages(long offset, long bytes) {
    return PageCalls.preferLargePages(segment.asSlice(offset, bytes));
  }

  @Override
  public void close() {
    arena.close();
  }
}
