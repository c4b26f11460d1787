package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// The buckets behind the index's proper ones, given out by number to chains that need more room.
///
/// Threads: any; a monitor, innermost of the lock order. What is given back is empty and its slots
/// are never anything but 0 or items, so a reader that still looks at it stays in bounds. A free
/// bucket's link leads to the next free one.
final class OverflowBuckets {
  private static final int LINK_SHIFT = 32;

  private final MemorySegment buckets;
  private final long first;
  private final long end;
  private long nextFresh;
  private long firstFree;
  private long free;

  /// Numbers from `first` on are ours, to the end of `buckets`.
  OverflowBuckets(MemorySegment buckets, long first) {
    this.buckets = buckets;
    this.first = first;
    this.end = buckets.byteSize() / HashIndex.BUCKET_BYTES;
    this.nextFresh = first;
  }

  synchronized long take() {
    long bucket = firstFree;
    if (bucket != 0) {
      firstFree = buckets.get(JAVA_LONG, bucket * HashIndex.BUCKET_BYTES) >>> LINK_SHIFT;
      free--;
    } else if (nextFresh < end) {
      bucket = nextFresh++;
    } else {
      throw new AssertionError("no overflow bucket left, though there are enough for all items");
    }
    buckets.set(JAVA_LONG, bucket * HashIndex.BUCKET_BYTES, 0);
    return bucket;
  }

  synchronized void give(long bucket) {
    buckets.set(JAVA_LONG, bucket * HashIndex.BUCKET_BYTES, firstFree << LINK_SHIFT);
    firstFree = bucket;
    free++;
  }

  synchronized long inUse() {
    return nextFresh - first - free;
  }
}
