package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.scrubjay.engine.Key;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// From a key's hash to the offset of its item: buckets of one cache line each, read without a lock
/// and split in place, one at a time, as the index grows.
///
/// Shape of a bucket, 64 bytes: a meta word and seven slots. A slot is 0 or `tag << 48 | item`, the
/// tag being the hash's upper half. A chain (a bucket and its overflow buckets) is dense: removal
/// fills the hole with the last slot, so the first 0 ends it. The meta word:
///
///     63       32 31     1 0
///     [ overflow | version | locked ]
///
/// The meta word of a chain's first bucket is the lock of all keys in the chain, and a seqlock:
/// whoever locks it, unlocks it with another version. A reader that finds the same unlocked meta
/// word before and after it read slots, item and value has read a state of which nothing was
/// changed or freed meanwhile. (The version wraps after 2^31 changes; a reader would have to stand
/// still for as many changes of one bucket to be fooled.)
///
/// Growth is linear hashing: with 2^L buckets and the first s of them split, hashes that fall below
/// s take one more bit. Whoever reads or locks a bucket looks afterwards whether the hash still
/// leads there: a split publishes `level` before it unlocks the bucket it has split.
///
/// Threads: any; changes need the chain's lock. One thread at a time may [#split].
final class HashIndex {
  static final int BUCKET_BYTES = 64;
  static final int SLOTS = 7;

  /// A hash power of p means 2^(p - this) buckets: four items each, six when growth is due.
  static final int ITEMS_PER_BUCKET_SHIFT = 2;

  static final long NONE = -1;

  private static final VarHandle META = JAVA_LONG.varHandle();
  private static final long LOCKED = 1;
  private static final long LOW_HALF = 0xFFFF_FFFFL;
  private static final int LINK_SHIFT = 32;
  private static final int TAG_SHIFT = 48;
  private static final long ITEM_MASK = (1L << TAG_SHIFT) - 1;
  private static final int LEVEL_SHIFT = 48;
  private static final long SPLIT_MASK = (1L << LEVEL_SHIFT) - 1;

  /// Spins before the processor is given up: a holder works for a few microseconds at most, unless
  /// it has lost its own processor.
  private static final int SPINS_MAX = 200;

  private final MemorySegment buckets;
  private final ItemMemory memory;
  private final int powerMax;
  private final OverflowBuckets overflow;
  private long[] splitting = new long[SLOTS];

  /// log2 of the buckets before the present growth << 48 | how many of them are split.
  private volatile long level;

  HashIndex(MemorySegment buckets, ItemMemory memory, int powerInitial, int powerMax) {
    this.buckets = buckets;
    this.memory = memory;
    this.powerMax = powerMax;
    this.level = (long) (powerInitial - ITEMS_PER_BUCKET_SHIFT) << LEVEL_SHIFT;
    long primaries = 1L << (powerMax - ITEMS_PER_BUCKET_SHIFT);
    this.overflow = new OverflowBuckets(buckets, primaries);
  }

  /// Bytes for an index of up to 2^`powerMax` as it grows, and for `itemsMax` items wherever they
  /// fall: a dense chain of k items has at most k / 7 overflow buckets.
  static long regionBytes(int powerMax, long itemsMax) {
    long primaries = 1L << (powerMax - ITEMS_PER_BUCKET_SHIFT);
    return (primaries + itemsMax / SLOTS + 1) * BUCKET_BYTES;
  }

  // ---- which bucket

  private static long indexOf(int hash, long level) {
    long unsigned = hash & LOW_HALF;
    long count = 1L << (level >>> LEVEL_SHIFT);
    long index = unsigned & (count - 1);
    return index < (level & SPLIT_MASK) ? unsigned & (2 * count - 1) : index;
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
  /// after `hopsMax` overflow buckets: a reader without a lock may be led in circles.
  long find(long bucket, long meta, int hash, Key key, int hopsMax) {
    long tag = (hash & LOW_HALF) >>> 16;
    long at = bucket;
    long link = meta >>> LINK_SHIFT;
    for (int hops = 0; hops <= hopsMax; hops++) {
      long end = at + BUCKET_BYTES;
      for (long slot = at + Long.BYTES; slot < end; slot += Long.BYTES) {
        long content = buckets.get(JAVA_LONG, slot);
        if (content == 0) {
          return 0;
        }
        if (content >>> TAG_SHIFT == tag && memory.hasKey(content & ITEM_MASK, key)) {
          return content & ITEM_MASK;
        }
      }
      if (link == 0) {
        return 0;
      }
      at = link * BUCKET_BYTES;
      link = buckets.get(JAVA_LONG, at) >>> LINK_SHIFT;
    }
    return NONE;
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
    long meta = buckets.get(JAVA_LONG, bucket);
    long versionAndLock = ((meta & LOW_HALF) + LOCKED) & LOW_HALF;
    META.setRelease(buckets, bucket, (meta & ~LOW_HALF) | versionAndLock);
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

  // ---- under the chain's lock

  /// The item of `key`, or 0.
  long findLocked(long bucket, int hash, Key key) {
    return find(bucket, buckets.get(JAVA_LONG, bucket), hash, key, Integer.MAX_VALUE - 1);
  }

  /// Whether the chain has this very item, about which nothing else needs to be true.
  boolean contains(long bucket, int hash, long item) {
    long wanted = content(hash, item);
    long at = bucket;
    while (true) {
      long end = at + BUCKET_BYTES;
      for (long slot = at + Long.BYTES; slot < end; slot += Long.BYTES) {
        long content = buckets.get(JAVA_LONG, slot);
        if (content == 0 || content == wanted) {
          return content != 0;
        }
      }
      long link = link(at);
      if (link == 0) {
        return false;
      }
      at = link * BUCKET_BYTES;
    }
  }

  /// Adds an item whose key isn't there. True when the chain has overflow buckets: growth may be
  /// due.
  boolean insert(long bucket, int hash, long item) {
    long at = bucket;
    while (true) {
      long end = at + BUCKET_BYTES;
      for (long slot = at + Long.BYTES; slot < end; slot += Long.BYTES) {
        if (buckets.get(JAVA_LONG, slot) == 0) {
          buckets.set(JAVA_LONG, slot, content(hash, item));
          return at != bucket;
        }
      }
      long link = link(at);
      if (link == 0) {
        link = overflow.take();
        link(at, link);
      }
      at = link * BUCKET_BYTES;
    }
  }

  /// Puts `replacement`, which has the same key, where `item` is.
  void replace(long bucket, int hash, long item, long replacement) {
    buckets.set(JAVA_LONG, slotOf(bucket, item), content(hash, replacement));
  }

  void remove(long bucket, long item) {
    long hole = slotOf(bucket, item);
    long before = NONE;
    long at = bucket;
    while (link(at) != 0) {
      before = at;
      at = link(at) * BUCKET_BYTES;
    }
    long last = at + BUCKET_BYTES - Long.BYTES;
    while (buckets.get(JAVA_LONG, last) == 0) {
      last -= Long.BYTES;
    }
    buckets.set(JAVA_LONG, hole, buckets.get(JAVA_LONG, last));
    buckets.set(JAVA_LONG, last, 0);
    if (last == at + Long.BYTES && before != NONE) {
      link(before, 0);
      overflow.give(at / BUCKET_BYTES);
    }
  }

  private long slotOf(long bucket, long item) {
    long at = bucket;
    while (true) {
      long end = at + BUCKET_BYTES;
      for (long slot = at + Long.BYTES; slot < end; slot += Long.BYTES) {
        if ((buckets.get(JAVA_LONG, slot) & ITEM_MASK) == item) {
          return slot;
        }
      }
      long link = link(at);
      if (link == 0) {
        throw new AssertionError("item " + item + " isn't in the bucket at " + bucket);
      }
      at = link * BUCKET_BYTES;
    }
  }

  private static long content(int hash, long item) {
    return ((hash & LOW_HALF) >>> 16) << TAG_SHIFT | item;
  }

  private long link(long at) {
    return buckets.get(JAVA_LONG, at) >>> LINK_SHIFT;
  }

  /// Version and lock stay as they are. Only the lock's owner writes a locked meta word.
  private void link(long at, long link) {
    long meta = buckets.get(JAVA_LONG, at);
    META.setOpaque(buckets, at, (meta & LOW_HALF) | (link << LINK_SHIFT));
  }

  // ---- growing

  /// The power in memcached's sense: 2^power items when the present growth is done.
  int power() {
    long now = level;
    int base = (int) (now >>> LEVEL_SHIFT) + ITEMS_PER_BUCKET_SHIFT;
    return (now & SPLIT_MASK) == 0 ? base : base + 1;
  }

  boolean expanding() {
    return (level & SPLIT_MASK) != 0;
  }

  boolean canGrow() {
    return power() < powerMax;
  }

  long bytes() {
    long now = level;
    long primaries = (1L << (now >>> LEVEL_SHIFT)) + (now & SPLIT_MASK);
    return (primaries + overflow.inUse()) * BUCKET_BYTES;
  }

  /// How many buckets there are, overflow buckets not counted.
  long buckets() {
    long now = level;
    return (1L << (now >>> LEVEL_SHIFT)) + (now & SPLIT_MASK);
  }

  /// The items of the chain that begins in a bucket.
  long[] chain(long number) {
    long bucket = number * BUCKET_BYTES;
    int spins = 0;
    while (!tryLockBucket(bucket)) {
      spins = pause(spins);
    }
    int items = 0;
    long[] found = new long[SLOTS];
    for (long at = bucket; ; at = link(at) * BUCKET_BYTES) {
      long end = at + BUCKET_BYTES;
      for (long slot = at + Long.BYTES; slot < end; slot += Long.BYTES) {
        long content = buckets.get(JAVA_LONG, slot);
        if (content != 0) {
          if (items == found.length) {
            found = Arrays.copyOf(found, 2 * items);
          }
          found[items++] = content & ITEM_MASK;
        }
      }
      if (link(at) == 0) {
        break;
      }
    }
    unlock(bucket);
    return Arrays.copyOf(found, items);
  }

  /// Splits the next bucket. True when this growth isn't done yet.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread splits
  boolean split() {
    long now = level;
    long count = 1L << (now >>> LEVEL_SHIFT);
    long next = now & SPLIT_MASK;
    long from = next * BUCKET_BYTES;
    int spins = 0;
    while (!tryLockBucket(from)) {
      spins = pause(spins);
    }
    long to = (next + count) * BUCKET_BYTES;
    if (!tryLockBucket(to)) {
      throw new AssertionError("bucket at " + to + " is locked before it is in use");
    }
    int items = takeAll(from);
    for (int i = 0; i < items; i++) {
      long item = splitting[i] & ITEM_MASK;
      int hash = memory.hash(item);
      insert((hash & count) == 0 ? from : to, hash, item);
    }
    boolean done = next + 1 == count;
    level = done ? now - next + (1L << LEVEL_SHIFT) : now + 1;
    unlock(to);
    unlock(from);
    return !done;
  }

  /// Empties the chain into [#splitting]. Returns how many there were.
  private int takeAll(long bucket) {
    int items = 0;
    long at = bucket;
    while (true) {
      if (items + SLOTS > splitting.length) {
        splitting = Arrays.copyOf(splitting, 2 * splitting.length);
      }
      long end = at + BUCKET_BYTES;
      for (long slot = at + Long.BYTES; slot < end; slot += Long.BYTES) {
        long content = buckets.get(JAVA_LONG, slot);
        if (content != 0) {
          splitting[items++] = content;
          buckets.set(JAVA_LONG, slot, 0);
        }
      }
      long link = link(at);
      link(at, 0);
      if (at != bucket) {
        overflow.give(at / BUCKET_BYTES);
      }
      if (link == 0) {
        return items;
      }
      at = link * BUCKET_BYTES;
    }
  }

  // ---- checking

  /// Counts the items and checks that each is in the bucket its hash leads to; for structure
  /// checks, while nothing else goes on.
  long validate(LruList.Visitor visitor) {
    long now = level;
    long primaries = (1L << (now >>> LEVEL_SHIFT)) + (now & SPLIT_MASK);
    long items = 0;
    long overflowing = 0;
    for (long bucket = 0; bucket < primaries * BUCKET_BYTES; bucket += BUCKET_BYTES) {
      if ((buckets.get(JAVA_LONG, bucket) & LOCKED) != 0) {
        throw new AssertionError("bucket at " + bucket + " was left locked");
      }
      long at = bucket;
      while (true) {
        for (int i = 1; i <= SLOTS; i++) {
          long content = buckets.get(JAVA_LONG, at + (long) i * Long.BYTES);
          if (content != 0) {
            long item = content & ITEM_MASK;
            if (bucketOf(memory.hash(item)) != bucket
                || content != content(memory.hash(item), item)) {
              throw new AssertionError("item " + item + " is in the wrong bucket at " + bucket);
            }
            items++;
            visitor.item(item);
          }
        }
        if (link(at) == 0) {
          break;
        }
        overflowing++;
        at = link(at) * BUCKET_BYTES;
      }
    }
    if (overflowing != overflow.inUse()) {
      throw new AssertionError(overflowing + " overflow buckets, counted " + overflow.inUse());
    }
    return items;
  }
}
