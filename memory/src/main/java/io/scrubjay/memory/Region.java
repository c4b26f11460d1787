package io.scrubjay.memory;

import java.lang.foreign.MemorySegment;

/// A range of off-heap memory whose address space is reserved at once and whose pages cost nothing
/// until they are first written: `mmap` with MAP_NORESERVE where there is one, zeroed memory of the
/// JDK elsewhere. Reads as zero where nothing was written.
///
/// Threads: any. Ownership: whoever reserved it closes it; accesses after that throw
/// `IllegalStateException`.
public sealed interface Region extends AutoCloseable permits MappedRegion, AllocatedRegion {
  /// What every region's first byte is aligned to.
  long ALIGNMENT_BYTES = 4096;

  /// Errors: `OutOfMemoryError` naming the size when the system refuses; `IllegalArgumentException`
  /// when `bytes` isn't positive.
  static Region reserve(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes = " + bytes + ", must be more than 0");
    }
    try {
      if (MappedRegion.available()) {
        return MappedRegion.map(bytes);
      }
    } catch (IllegalCallerException _) {
      // Native access is denied to this module (--illegal-native-access=deny): the JDK's memory
      // does, only dearer at start.
    }
    return AllocatedRegion.allocate(bytes);
  }

  /// All of it, bounds-checked to the reserved size; page-aligned.
  MemorySegment segment();

  /// Tells the system that the contents of `[offset, offset + bytes)` are no longer needed; they
  /// read as zero or as before afterwards.
  void discard(long offset, long bytes);

  @Override
  void close();
}
