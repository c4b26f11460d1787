package io.scrubjay.engine.slab;

import io.scrubjay.memory.Region;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.function.LongConsumer;

/// Hands out pages of item memory up to the limit, those that classes gave back first (M-06).
///
/// Shape: page 0 stays unused, so that offset 0 can mean "none"; the region ends with a page that
/// is never handed out, which a reader without a lock may run into. A page counts against the limit
/// from when it is taken from the system until it is given back to it. Threads: any; a monitor, the
/// innermost but one of the lock order.
final class PagePool {
  static final int PAGE_BYTES = 1 << 20;

  static final int PAGES_NEVER_USED = 2;

  private final Region region;
  private final long pagesMax;
  private final boolean preallocated;
  private final long otherBytes;
  private final ArrayDeque<Long> free = new ArrayDeque<>();
  private final ArrayDeque<Long> givenBack = new ArrayDeque<>();
  private long limitBytes;
  private long pagesTouched;
  private long pagesTaken;

  /// `preallocated`: all pages of the limit lie in the pool from the start, and there never are
  /// others. `otherBytes` count against the limit as pages that were taken do.
  PagePool(long limitBytes, Region region, boolean preallocated, long otherBytes) {
    this.limitBytes = limitBytes;
    this.otherBytes = otherBytes;
    this.region = region;
    this.pagesMax = region.segment().byteSize() / PAGE_BYTES - PAGES_NEVER_USED;
    this.preallocated = preallocated;
    if (preallocated) {
      for (long page = 0; page < limitBytes / PAGE_BYTES && pagesTouched < pagesMax; page++) {
        free.addLast(freshPage());
      }
    }
  }

  /// Backs the whole limit with large pages now. Errors: `IllegalArgumentException` when the system
  /// has none.
  void useLargePages() {
    long bytes = limitBytes / PAGE_BYTES * PAGE_BYTES;
    if (bytes > 0 && !region.preferLargePages(PAGE_BYTES, bytes)) {
      throw new IllegalArgumentException(
          "Cannot enable large pages on this system\n(There is no support as of this version)");
    }
    MemorySegment touched = region.segment();
    for (long at = PAGE_BYTES; at < PAGE_BYTES + bytes; at += Region.ALIGNMENT_BYTES) {
      touched.set(ValueLayout.JAVA_BYTE, at, (byte) 0);
    }
  }

  /// Address space for `limitBytes` of pages, one page above it for each class, and the two pages
  /// that are never used.
  static long regionBytes(long limitBytes) {
    long pages = (limitBytes + PAGE_BYTES - 1) / PAGE_BYTES;
    return (pages + SlabGeometry.CLASSES_MAX + PAGES_NEVER_USED) * PAGE_BYTES;
  }

  static long pageOf(long chunk) {
    return chunk & -PAGE_BYTES;
  }

  synchronized long limitBytes() {
    return limitBytes;
  }

  /// The offset of a page, or 0 when there is none: the limit is reached, and either this isn't the
  /// `first` of its class or the address space is used up.
  synchronized long take(boolean first) {
    Long pooled = free.poll();
    if (pooled != null) {
      return pooled;
    }
    if (preallocated || (!first && isFull())) {
      return 0;
    }
    Long reusable = givenBack.poll();
    if (reusable != null) {
      pagesTaken++;
      return reusable;
    }
    return pagesTouched == pagesMax ? 0 : freshPage();
  }

  private long freshPage() {
    pagesTouched++;
    pagesTaken++;
    return pagesTouched * PAGE_BYTES;
  }

  /// A page that lies in the pool, or 0.
  synchronized long takeFree() {
    Long pooled = free.poll();
    return pooled == null ? 0 : pooled;
  }

  /// Takes these very pages, which lie in the pool.
  synchronized void takeOut(Set<Long> pages) {
    int before = free.size();
    free.removeIf(pages::contains);
    if (before - free.size() != pages.size()) {
      throw new AssertionError("not all of pages " + pages + " are in the pool");
    }
  }

  /// Takes back a page that nobody looks at any more.
  synchronized void give(long page) {
    free.addFirst(page);
    releaseAboveLimit();
  }

  /// False when memory was preallocated: then it is what it is.
  synchronized boolean limit(long bytes) {
    if (preallocated) {
      return false;
    }
    limitBytes = bytes;
    releaseAboveLimit();
    return true;
  }

  private void releaseAboveLimit() {
    while (!preallocated && takenBytes() > limitBytes && !free.isEmpty()) {
      long page = free.remove();
      region.discard(page, PAGE_BYTES);
      givenBack.addFirst(page);
      pagesTaken--;
    }
  }

  /// Whether another page would exceed the limit.
  synchronized boolean isFull() {
    return takenBytes() + PAGE_BYTES > limitBytes;
  }

  synchronized long takenBytes() {
    return otherBytes + pagesTaken * PAGE_BYTES;
  }

  /// Pages that lie in the pool and belong to no class.
  synchronized long freePages() {
    return free.size();
  }

  synchronized long pagesTaken() {
    return pagesTaken;
  }

  /// For structure checks: the pages that no class may have.
  synchronized void visitUnused(LongConsumer visitor) {
    free.forEach(visitor::accept);
    givenBack.forEach(visitor::accept);
  }
}
