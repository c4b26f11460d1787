package io.scrubjay.memory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A range of off-heap memory whose address space is reserved at once and whose pages cost nothing
/// until they are first written: `mmap` with MAP_NORESERVE where there is one, zeroed memory of the
/// JDK elsewhere. Reads as zero where nothing was written.
///
/// Threads: any. Ownership: whoever reserved it closes it; accesses after that throw
/// `IllegalStateException`.
public sealed interface Region extends AutoCloseable
    permits MappedRegion, AllocatedRegion, FileRegion {
  /// What every region's first byte is aligned to.
  long ALIGNMENT_BYTES = 4096;

  /// Errors: `OutOfMemoryError` naming the size when the system refuses; `IllegalArgumentException`
  /// when `bytes` isn't positive.
  static Region reserve(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes = " + bytes + ", must be more than 0");
    }
    // Where native access is denied (--illegal-native-access=deny) the JDK's memory does.
    return costsNothing() ? MappedRegion.map(bytes) : AllocatedRegion.allocate(bytes);
  }

  /// The contents of `file`, made when it isn't there and cut or lengthened to `bytes`: what was
  /// written there before is still there. One region at a time: a second is refused.
  ///
  /// Errors: `IOException` naming the file.
  static Region ofFile(Path file, long bytes) throws IOException {
    return FileRegion.map(file, bytes);
  }

  /// Whether [#reserve] takes address space only, and memory as it is written.
  static boolean costsNothing() {
    try {
      return MappedRegion.available();
    } catch (IllegalCallerException _) {
      return false;
    }
  }

  /// All of it, bounds-checked to the reserved size; page-aligned.
  MemorySegment segment();

  /// Tells the system that the contents of `[offset, offset + bytes)` are no longer needed; they
  /// read as zero or as before afterwards.
  void discard(long offset, long bytes);

  /// Asks for `[offset, offset + bytes)` to be backed by large pages as it is touched. False when
  /// this system or this region has none.
  boolean preferLargePages(long offset, long bytes);

  @Override
  void close();
}
