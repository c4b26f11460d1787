package io.scrubjay.engine.slab;

/// Hands out pages of item memory up to the limit.
///
/// Shape: page 0 stays unused, so that offset 0 can mean "none"; the region ends with a page that
/// is never handed out, which a reader without a lock may run into. Threads: any; a monitor, the
/// innermost but one of the lock order.
final class PagePool {
  static final int PAGE_BYTES = 1 << 20;

  private final long limitBytes;
  private final long pagesMax;
  private long pagesTaken;

  PagePool(long limitBytes, long regionBytes) {
    this.limitBytes = limitBytes;
    this.pagesMax = regionBytes / PAGE_BYTES - 2;
  }

  /// Address space for `limitBytes` of pages, one page above it for each class, and the two pages
  /// that are never used.
  static long regionBytes(long limitBytes) {
    long pages = (limitBytes + PAGE_BYTES - 1) / PAGE_BYTES + SlabGeometry.CLASSES_MAX + 2;
    return pages * PAGE_BYTES;
  }

  long limitBytes() {
    return limitBytes;
  }

  /// The offset of a page, or 0 when the limit is reached and this isn't the `first` of its class
  /// (M-06).
  synchronized long take(boolean first) {
    if (!first && (pagesTaken + 1) * PAGE_BYTES > limitBytes) {
      return 0;
    }
    if (pagesTaken == pagesMax) {
      throw new AssertionError("more than " + pagesMax + " pages, though each class has one");
    }
    pagesTaken++;
    return pagesTaken * PAGE_BYTES;
  }

  synchronized long takenBytes() {
    return pagesTaken * PAGE_BYTES;
  }

  /// Pages that were given back and belong to no class. Nothing gives pages back yet.
  long freePages() {
    return 0;
  }
}
