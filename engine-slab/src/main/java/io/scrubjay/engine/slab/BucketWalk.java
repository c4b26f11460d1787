package io.scrubjay.engine.slab;

/// Goes through the items of the index bucket by bucket, without holding a bucket in between: those
/// of a bucket are noted when the walk comes to it.
///
/// An item that was noted may be gone when its turn comes. While nobody has changed the bucket it
/// can't be, which the bucket's meta word tells, up to 2^26 changes between two steps; from the
/// first change on, each is looked for among the bucket's. So a bucket costs as much as it has
/// items, and up to the square of that when it is changed meanwhile.
///
/// Threads: confined; anybody may work on the index meanwhile.
final class BucketWalk {
  private final HashIndex index;
  private long bucket;
  private long[] items = new long[0];
  private int next;
  private long meta;

  BucketWalk(HashIndex index) {
    this.index = index;
  }

  /// Notes the items of a bucket.
  void begin(long number) {
    bucket = number * HashIndex.BUCKET_BYTES;
    index.lockBucket(bucket);
    try {
      items = index.items(bucket);
      next = 0;
      meta = index.metaUnlocked(bucket);
    } finally {
      index.unlock(bucket);
    }
  }

  boolean hasNext() {
    return next < items.length;
  }

  /// The next item noted, and its bucket locked; or 0 and no lock when the bucket doesn't have it
  /// any more.
  long lockNext() {
    long item = items[next++];
    index.lockBucket(bucket);
    if (index.wasUnlocked(bucket, meta)) {
      meta = index.metaUnlocked(bucket);
      return item;
    }
    if (index.contains(bucket, item)) {
      return item;
    }
    index.unlock(bucket);
    return 0;
  }

  /// The bucket of what [#lockNext] returns.
  long bucket() {
    return bucket;
  }
}
