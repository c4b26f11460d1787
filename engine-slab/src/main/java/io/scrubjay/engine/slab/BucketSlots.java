package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.scrubjay.engine.Key;
import java.lang.foreign.MemorySegment;

/// The items that lie in a bucket of the [HashIndex] itself, compared eight at a time.
///
/// Shape, behind the bucket's meta word: 11 tags of one byte each, the index's filter, 11 item
/// numbers of four bytes. An item's number is its offset in units of 8 bytes. What a number has
/// above 32 bits (none while the items' region is at most 32 GiB) takes the upper bits of the
/// slot's tag byte; the tag, some bits of the hash, has the rest. A slot whose number is 0 is free.
///
/// Threads: any; changes need the bucket's lock, and what is found without it is to be believed
/// only if the bucket is unchanged.
final class BucketSlots {
  static final int SLOTS = 11;

  private static final long TAGS = 8;
  private static final int TAGS_IN_WORD = 8;
  private static final long LAST_TAGS = TAGS + TAGS_IN_WORD;

  /// Where the index's filter lies.
  static final long FILTER = TAGS + SLOTS;

  private static final long NUMBERS = FILTER + 1;
  private static final int TAG_BITS = 8;
  private static final int TAG_SHIFT = 22;
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long LAST_HIGH_BITS = 0x80_8080L;
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private final MemorySegment buckets;
  private final ItemMemory memory;

  /// Where in a tag byte the tag ends and the number goes on.
  private final int tagBits;

  private final long tagMask;
  private final long tagMasks;

  BucketSlots(MemorySegment buckets, ItemMemory memory) {
    this.buckets = buckets;
    this.memory = memory;
    this.tagBits = tagBits(memory.segment().byteSize());
    this.tagMask = (1L << tagBits) - 1;
    this.tagMasks = tagMask * EACH_BYTE;
  }

  /// Of 8, those that numbers of items in a region of so many bytes leave to the tag.
  private static int tagBits(long itemBytes) {
    if (itemBytes > HashIndex.ITEM_BYTES_MAX) {
      throw new IllegalArgumentException(
          "item memory = " + itemBytes + " bytes, must be at most " + HashIndex.ITEM_BYTES_MAX);
    }
    int numberBits = Long.SIZE - Long.numberOfLeadingZeros(itemBytes - 1) - ItemLayout.UNIT_SHIFT;
    return TAG_BITS - Math.max(0, numberBits - Integer.SIZE);
  }

  /// The item of `key`, or 0.
  long find(long bucket, int hash, Key key) {
    long wanted = tag(hash) * EACH_BYTE;
    long first = buckets.get(JAVA_LONG, bucket + TAGS);
    long item = findAmong(bucket, 0, matches(first, wanted), key);
    if (item != 0) {
      return item;
    }
    long last = buckets.get(JAVA_INT, bucket + LAST_TAGS) & LOW_HALF;
    return findAmong(bucket, TAGS_IN_WORD, matches(last, wanted) & LAST_HIGH_BITS, key);
  }

  /// The high bit of each byte of `tags` that is the wanted tag, and of some above the first such.
  private long matches(long tags, long wanted) {
    long differs = (tags ^ wanted) & tagMasks;
    return (differs - EACH_BYTE) & ~differs & HIGH_BITS;
  }

  private long findAmong(long bucket, int firstSlot, long matches, Key key) {
    for (long left = matches; left != 0; left &= left - 1) {
      long item = item(bucket, firstSlot + (Long.numberOfTrailingZeros(left) >>> 3));
      if (memory.mayBeItem(item) && memory.hasKey(item, key)) {
        return item;
      }
    }
    return 0;
  }

  /// The slot of `item`, the first free one for 0; [#SLOTS] when there is none.
  int slotOf(long bucket, long item) {
    int slot = 0;
    while (slot < SLOTS && item(bucket, slot) != item) {
      slot++;
    }
    return slot;
  }

  private long item(long bucket, int slot) {
    long low = buckets.get(JAVA_INT, bucket + NUMBERS + (long) slot * Integer.BYTES) & LOW_HALF;
    long high = (buckets.get(JAVA_BYTE, bucket + TAGS + slot) & 0xFFL) >>> tagBits;
    return ((high << Integer.SIZE) | low) << ItemLayout.UNIT_SHIFT;
  }

  void fill(long bucket, int slot, int hash, long item) {
    long number = item >>> ItemLayout.UNIT_SHIFT;
    long tagByte = ((number >>> Integer.SIZE) << tagBits) | tag(hash);
    buckets.set(JAVA_INT, bucket + NUMBERS + (long) slot * Integer.BYTES, (int) number);
    buckets.set(JAVA_BYTE, bucket + TAGS + slot, (byte) tagByte);
  }

  void empty(long bucket, int slot) {
    buckets.set(JAVA_INT, bucket + NUMBERS + (long) slot * Integer.BYTES, 0);
    buckets.set(JAVA_BYTE, bucket + TAGS + slot, (byte) 0);
  }

  void emptyAll(long bucket) {
    for (int slot = 0; slot < SLOTS; slot++) {
      empty(bucket, slot);
    }
  }

  int count(long bucket) {
    int items = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      items += item(bucket, slot) == 0 ? 0 : 1;
    }
    return items;
  }

  /// Puts the items at the beginning of `found` and returns how many there are.
  int collect(long bucket, long[] found) {
    int items = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      long item = item(bucket, slot);
      if (item != 0) {
        found[items++] = item;
      }
    }
    return items;
  }

  /// Of the hash's bits that lead to no row until there are 2^22.
  private long tag(int hash) {
    return (hash >>> TAG_SHIFT) & tagMask;
  }
}
