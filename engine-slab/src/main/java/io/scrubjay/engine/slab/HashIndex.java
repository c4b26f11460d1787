package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.scrubjay.engine.Key;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// From a key's hash to the offset of its item: buckets of one cache line each, read without a lock
/// and split in place, one at a time, as the index grows.
///
/// Shape of a bucket, 64 bytes: a meta word, 11 slots ([BucketSlots]) and among them a filter of
/// one byte. Items that find no free slot are chained behind the bucket, each leading to the next
/// by a number in its own header, so a bucket too full costs no memory. Of the filter, bit
/// `hash >>> 27 & 7` is set for each item in the chain, and stays set until the chain is empty. The
/// meta word:
///
///     63                    27 26     1 0
///     [ first of the chain    | version | locked ]
///
/// The meta word is the lock of all keys in bucket and chain, and a seqlock: whoever locks it,
/// unlocks it with another version. A reader that finds the same unlocked meta word before and
/// after it read slots, item and value has read a state of which nothing was changed or freed
/// meanwhile. (The version wraps after 2^26 changes; a reader would have to stand still for just as
/// many changes of one bucket to be fooled.)
///
/// Growth is linear hashing over rows of three buckets: the hash's lower bits lead to a row, its
/// upper half to one of the three. With 2^L rows and the first s buckets split, hashes that fall
/// below s take one more bit. Three buckets take the place of 32 of memcached's heads, 192 bytes
/// for 256. Whoever reads or locks a bucket looks afterwards whether the hash still leads there: a
/// split publishes `level` before it unlocks the bucket it has split.
///
/// The numbers behind this are in docs/decisions/0022-index-of-five-byte-slots.md.
///
/// Threads: any; changes need the bucket's lock. One thread at a time may [#split].
final class HashIndex {
  static final int BUCKET_BYTES = 64;
  static final int SLOTS = BucketSlots.SLOTS;
  static final long NONE = -1;

  /// Items can't lie beyond it: what a chain's first number in the meta word can say.
  static final long ITEM_BYTES_MAX = 1L << 40;

  private static final int BUCKETS_PER_ROW = 3;

  /// A hash power of p means 2^(p - this) rows: 8 items a bucket, 16 when growth is due.
  private static final int ROWS_SHIFT = 5;

  private static final VarHandle META = JAVA_LONG.varHandle();
  private static final long LOCKED = 1;
  private static final int FIRST_SHIFT = 27;
  private static final long VERSION_AND_LOCK = (1L << FIRST_SHIFT) - 1;
  private static final long FILTER = BucketSlots.FILTER;
  private static final int FILTER_HASH_SHIFT = 27;

  private static final long LOW_HALF = 0xFFFF_FFFFL;
  private static final int LEVEL_SHIFT = 48;
  private static final long SPLIT_MASK = (1L << LEVEL_SHIFT) - 1;

  /// Spins before the processor is given up: a holder works for a few microseconds at most, unless
  /// it has lost its own processor.
  private static final int SPINS_MAX = 200;

  /// Items of a chain that a reader follows before it looks whether the chain is still the same:
  /// far more than there are where the index may grow.
  private static final int HOPS_BLIND = 1024;

  private final MemorySegment buckets;
  private final ItemMemory memory;
  private final BucketSlots slots;
  private final int powerMax;
  private long[] splitting = new long[2 * SLOTS];

  /// log2 of the rows before the present growth << 48 | how many buckets are split.
  private volatile long level;

  HashIndex(MemorySegment buckets, ItemMemory memory, int powerInitial, int powerMax) {
    this.buckets = buckets;
    this.memory = memory;
    this.slots = new BucketSlots(buckets, memory);
    this.powerMax = powerMax;
    this.level = (long) (powerInitial - ROWS_SHIFT) << LEVEL_SHIFT;
  }

  /// Bytes for an index of up to 2^`powerMax` as it grows.
  static long regionBytes(int powerMax) {
    return bucketsAt(powerMax - ROWS_SHIFT) * BUCKET_BYTES;
  }

  // ---- which bucket

  private static long bucketsAt(long rowsLog) {
    return (long) BUCKETS_PER_ROW << rowsLog;
  }

  private static long indexOf(int hash, long level) {
    long unsigned = hash & LOW_HALF;
    long inRow = ((unsigned >>> 16) * BUCKETS_PER_ROW) >>> 16;
    long rows = 1L << (level >>> LEVEL_SHIFT);
    long index = (unsigned & (rows - 1)) * BUCKETS_PER_ROW + inRow;
    return index < (level & SPLIT_MASK)
        ? (unsigned & (2 * rows - 1)) * BUCKETS_PER_ROW + inRow
        : index;
  }

  /// The offset of the bucket that `hash` leads to at the moment.
  long bucketOf(int hash) {
    return indexOf(hash, level) * BUCKET_BYTES;
  }

  // ---- reading without a lock

  /// The meta word of `bucket` when nobody has it locked; waits for that. Acquire: what is read
  /// afterwards is at least as new.
  long stableMeta(long bucket) {
    int spins = 0;
    long meta;
    while (((meta = (long) META.getAcquire(buckets, bucket)) & LOCKED) != 0) {
      spins = pause(spins);
    }
    return meta;
  }

  /// Whether nothing in the chain was changed since [#stableMeta] answered `meta`. The fence keeps
  /// the plain reads made since from being done after this one.
  boolean unchanged(long bucket, long meta) {
    VarHandle.loadLoadFence();
    return (long) META.getOpaque(buckets, bucket) == meta;
  }

  /// The item of `key`, 0 when there is none, both to be believed only if [#unchanged]. [#NONE]
  /// when the chain makes no sense or was changed on a long way: a reader without a lock may be led
  /// anywhere, and in circles.
  long find(long bucket, long meta, int hash, Key key) {
    long item = slots.find(bucket, hash, key);
    if (item != 0 || (buckets.get(JAVA_BYTE, bucket + FILTER) & filterBit(hash)) == 0) {
      return item;
    }
    return findChained(bucket, meta, hash, key);
  }

  /// The same without the chain, and so without an end to look for.
  long findInSlots(long bucket, int hash, Key key) {
    return slots.find(bucket, hash, key);
  }

  private long findChained(long bucket, long meta, int hash, Key key) {
    long item = first(meta);
    for (int hops = 0; item != 0; hops++) {
      boolean astray = hops % HOPS_BLIND == HOPS_BLIND - 1 && !unchanged(bucket, meta);
      if (astray || !memory.mayBeItem(item)) {
        return NONE;
      }
      if (memory.hash(item) == hash && memory.hasKey(item, key)) {
        return item;
      }
      item = memory.chained(item);
    }
    return 0;
  }

  // ---- locking

  /// Locks the chain of `hash` and returns its bucket; waits for whoever has it.
  long lock(int hash) {
    int spins = 0;
    while (true) {
      long bucket = tryLock(hash);
      if (bucket != NONE) {
        return bucket;
      }
      spins = pause(spins);
    }
  }

  /// The bucket, or [#NONE] when somebody (this thread, perhaps) has it locked.
  long tryLock(int hash) {
    while (true) {
      long bucket = bucketOf(hash);
      if (!tryLockBucket(bucket)) {
        return NONE;
      }
      if (bucketOf(hash) == bucket) {
        return bucket;
      }
      unlock(bucket);
    }
  }

  private boolean tryLockBucket(long bucket) {
    long meta = (long) META.getOpaque(buckets, bucket);
    if ((meta & LOCKED) != 0 || !META.compareAndSet(buckets, bucket, meta, meta | LOCKED)) {
      return false;
    }
    // A compare-and-set alone lets later plain writes be seen before its own (aarch64 does so).
    VarHandle.storeStoreFence();
    return true;
  }

  /// Release: whoever sees the new version sees what was done under the lock.
  void unlock(long bucket) {
    META.setRelease(buckets, bucket, metaUnlocked(bucket));
  }

  /// Of a locked bucket, the meta word that unlocking it gives.
  long metaUnlocked(long bucket) {
    long meta = buckets.get(JAVA_LONG, bucket);
    long versionAndLock = ((meta & VERSION_AND_LOCK) + LOCKED) & VERSION_AND_LOCK;
    return (meta & ~VERSION_AND_LOCK) | versionAndLock;
  }

  /// Of a locked bucket, whether its meta word was `meta` before.
  boolean wasUnlocked(long bucket, long meta) {
    return buckets.get(JAVA_LONG, bucket) == (meta | LOCKED);
  }

  /// Locks a bucket whatever leads to it.
  void lockBucket(long bucket) {
    int spins = 0;
    while (!tryLockBucket(bucket)) {
      spins = pause(spins);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // gives way to the holder; nothing relies on the order
  private static int pause(int spins) {
    if (spins < SPINS_MAX) {
      Thread.onSpinWait();
      return spins + 1;
    }
    Thread.yield();
    return spins;
  }

  // ---- under the bucket's lock

  /// The item of `key`, or 0.
  long findLocked(long bucket, int hash, Key key) {
    return find(bucket, buckets.get(JAVA_LONG, bucket), hash, key);
  }

  /// Whether bucket or chain have this very item, about which nothing else needs to be true.
  boolean contains(long bucket, long item) {
    return slots.slotOf(bucket, item) < SLOTS || isChained(bucket, item);
  }

  private boolean isChained(long bucket, long item) {
    long at = first(buckets.get(JAVA_LONG, bucket));
    while (at != 0 && at != item) {
      at = memory.chained(at);
    }
    return at == item;
  }

  /// The items of a bucket and its chain.
  long[] items(long bucket) {
    long[] found = new long[count(bucket)];
    collect(bucket, found);
    return found;
  }

  /// Adds an item whose key isn't there. True when it had to be chained: growth may be due.
  boolean insert(long bucket, int hash, long item) {
    int slot = slots.slotOf(bucket, 0);
    if (slot < SLOTS) {
      slots.fill(bucket, slot, hash, item);
      return false;
    }
    memory.chained(item, first(buckets.get(JAVA_LONG, bucket)));
    first(bucket, item);
    int filter = buckets.get(JAVA_BYTE, bucket + FILTER) | filterBit(hash);
    buckets.set(JAVA_BYTE, bucket + FILTER, (byte) filter);
    return true;
  }

  /// Puts `replacement`, which has the same key, where `item` is.
  void replace(long bucket, int hash, long item, long replacement) {
    int slot = slots.slotOf(bucket, item);
    if (slot < SLOTS) {
      slots.fill(bucket, slot, hash, replacement);
    } else {
      memory.chained(replacement, memory.chained(item));
      bypass(bucket, item, replacement);
    }
  }

  /// The slot that becomes free goes to the first of the chain.
  void remove(long bucket, long item) {
    int slot = slots.slotOf(bucket, item);
    long first = first(buckets.get(JAVA_LONG, bucket));
    if (slot == SLOTS) {
      bypass(bucket, item, memory.chained(item));
    } else if (first == 0) {
      slots.empty(bucket, slot);
    } else {
      slots.fill(bucket, slot, memory.hash(first), first);
      first(bucket, memory.chained(first));
    }
  }

  /// Lets whatever leads to `item` in the chain lead to `next`.
  private void bypass(long bucket, long item, long next) {
    long before = 0;
    long at = first(buckets.get(JAVA_LONG, bucket));
    while (at != item) {
      if (at == 0) {
        throw new AssertionError("item " + item + " isn't in the bucket at " + bucket);
      }
      before = at;
      at = memory.chained(at);
    }
    if (before == 0) {
      first(bucket, next);
    } else {
      memory.chained(before, next);
    }
  }

  private static int filterBit(int hash) {
    return 1 << ((hash >>> FILTER_HASH_SHIFT) & 7);
  }

  private static long first(long meta) {
    return (meta >>> FIRST_SHIFT) << ItemLayout.UNIT_SHIFT;
  }

  /// Version and lock stay as they are. Only the lock's owner writes a locked meta word.
  private void first(long bucket, long item) {
    long meta = buckets.get(JAVA_LONG, bucket);
    long number = item >>> ItemLayout.UNIT_SHIFT;
    META.setOpaque(buckets, bucket, (meta & VERSION_AND_LOCK) | (number << FIRST_SHIFT));
    if (item == 0) {
      buckets.set(JAVA_BYTE, bucket + FILTER, (byte) 0);
    }
  }

  // ---- growing

  /// The power in memcached's sense: 2^power items when the present growth is done.
  int power() {
    long now = level;
    int base = (int) (now >>> LEVEL_SHIFT) + ROWS_SHIFT;
    return (now & SPLIT_MASK) == 0 ? base : base + 1;
  }

  boolean expanding() {
    return (level & SPLIT_MASK) != 0;
  }

  boolean canGrow() {
    return power() < powerMax;
  }

  long bytes() {
    return buckets() * BUCKET_BYTES;
  }

  long buckets() {
    long now = level;
    return bucketsAt(now >>> LEVEL_SHIFT) + (now & SPLIT_MASK);
  }

  /// Splits the next bucket. True when this growth isn't done yet. Whatever is thrown is thrown
  /// before anything has changed, and leaves nothing locked.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread splits
  boolean split() {
    long now = level;
    long count = bucketsAt(now >>> LEVEL_SHIFT);
    long next = now & SPLIT_MASK;
    boolean done = next + 1 == count;
    long from = next * BUCKET_BYTES;
    long to = (next + count) * BUCKET_BYTES;
    lockBucket(from);
    try {
      if (!tryLockBucket(to)) {
        throw new AssertionError("bucket at " + to + " is locked before it is in use");
      }
      try {
        divide(from, to, 1L << (now >>> LEVEL_SHIFT));
        level = done ? now - next + (1L << LEVEL_SHIFT) : now + 1;
      } finally {
        unlock(to);
      }
    } finally {
      unlock(from);
    }
    return !done;
  }

  /// Leaves in `from` the items whose hash has the bit `rows` clear.
  private void divide(long from, long to, long rows) {
    int items = count(from);
    if (items > splitting.length) {
      splitting = new long[Math.max(items, 2 * splitting.length)];
    }
    collect(from, splitting);
    slots.emptyAll(from);
    first(from, 0);
    for (int i = 0; i < items; i++) {
      int hash = memory.hash(splitting[i]);
      boolean _ = insert((hash & rows) == 0 ? from : to, hash, splitting[i]);
    }
  }

  private int count(long bucket) {
    int items = slots.count(bucket);
    for (long at = first(buckets.get(JAVA_LONG, bucket)); at != 0; at = memory.chained(at)) {
      items++;
    }
    return items;
  }

  private void collect(long bucket, long[] found) {
    int items = slots.collect(bucket, found);
    for (long at = first(buckets.get(JAVA_LONG, bucket)); at != 0; at = memory.chained(at)) {
      found[items++] = at;
    }
  }

  // ---- checking

  /// Counts the items and checks that each is in the bucket its hash leads to, and can be found
  /// there; for structure checks, while nothing else goes on.
  long validate(LruList.Visitor visitor) {
    long end = buckets() * BUCKET_BYTES;
    long items = 0;
    for (long bucket = 0; bucket < end; bucket += BUCKET_BYTES) {
      if ((buckets.get(JAVA_LONG, bucket) & LOCKED) != 0) {
        throw new AssertionError("bucket at " + bucket + " was left locked");
      }
      long[] found = items(bucket);
      for (long item : found) {
        requirePlace(bucket, item);
        visitor.item(item);
      }
      items += found.length;
      boolean chainless = first(buckets.get(JAVA_LONG, bucket)) == 0;
      if (chainless && buckets.get(JAVA_BYTE, bucket + FILTER) != 0) {
        throw new AssertionError("the filter at " + bucket + " is of a chain that is no more");
      }
    }
    return items;
  }

  private void requirePlace(long bucket, long item) {
    int hash = memory.hash(item);
    Key key = memory.key(item, new Key());
    if (bucketOf(hash) != bucket || findLocked(bucket, hash, key) != item) {
      throw new AssertionError("item " + item + " is in the wrong place at " + bucket);
    }
  }
}
