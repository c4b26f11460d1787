package io.scrubjay.memory;

import java.lang.foreign.MemorySegment;

/// A range of off-heap memory whose address space is reserved at once and whose pages cost nothing
/// until they are first written: `mmap` with MAP_NORESERVE where there is one, zeroed memory of the
/// JDK elsewhere.
///
/// Threads: any. Ownership: whoever reserved it closes it; accesses after that throw
/// `IllegalStateException`.
public interface Region extends AutoCloseable {
  /// Errors: `OutOfMemoryError` naming the size when the system refuses.
  static Region reserve(long bytes) {
    throw new UnsupportedOperationException("memory: not built yet: " + bytes);
  }

  /// All of it, bounds-checked to the reserved size; page-aligned.
  MemorySegment segment();

  /// Tells the system that the contents of `[offset, offset + bytes)` are no longer needed; they
  /// read as zero or as before afterwards.
  void discard(long offset, long bytes);

  @Override
  void close();
}
