package io.scrubjay.engine.lldb;

import io.scrubjay.engine.ItemHeader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Which items have been read, and when last: kept in memory only, since a write to disk for each
/// read would make reads cost as much as writes.
///
/// A record is made by an item's first read, gets its time by the second, and then stays as it is,
/// as in the RAM engine, unless a write renews it; so a hit on a known item writes nothing. Items
/// share places by their hash: the later one read wins, and an item that lost its place, or was
/// last read before a restart, looks as if it had never been read.
///
/// Shape: a power-of-two table of words: 30 bits that tell the item, fetched, active, 32 bits of
/// last access in server seconds. Threads: any; words are read and written whole, opaquely, and a
/// lost update is a lost record.
final class Accesses {
  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long FETCHED = 1L << 33;
  private static final long ACTIVE = 1L << 32;
  private static final int TAG_SHIFT = 34;
  private static final int ENTRIES_MIN = 1 << 12;
  private static final int ENTRIES_MAX = 1 << 23;

  private final long[] words;

  /// Takes up to 1/32 of `memoryBytes`.
  Accesses(long memoryBytes) {
    long entries = Long.highestOneBit(Math.max(1, memoryBytes / 32 / Long.BYTES));
    words = new long[Math.clamp(entries, ENTRIES_MIN, ENTRIES_MAX)];
  }

  /// Adds to `header` what is known of the item.
  void show(ItemHeader header, int hash, int birth) {
    long word = word(hash);
    if (word >>> TAG_SHIFT == tag(hash, birth)) {
      if ((word & FETCHED) != 0) {
        header.marks |= ItemHeader.FETCHED;
      }
      header.lastAccess = (int) word;
    }
  }

  /// A read at `now` of an item that was last accessed at `lastAccess`.
  void bump(int hash, int birth, int lastAccess, int now) {
    long word = word(hash);
    long tag = tag(hash, birth);
    if (word >>> TAG_SHIFT != tag || (word & FETCHED) == 0) {
      put(hash, tag, FETCHED, lastAccess);
    } else if ((word & ACTIVE) == 0) {
      put(hash, tag, FETCHED | ACTIVE, now);
    }
  }

  /// A write at `now` that left the item there.
  void renew(int hash, int birth, int now) {
    long word = word(hash);
    long tag = tag(hash, birth);
    put(hash, tag, word >>> TAG_SHIFT == tag ? word & (FETCHED | ACTIVE) : 0, now);
  }

  private void put(int hash, long tag, long bits, int lastAccess) {
    WORDS.setOpaque(
        words,
        hash & (words.length - 1),
        tag << TAG_SHIFT | bits | Integer.toUnsignedLong(lastAccess));
  }

  private long word(int hash) {
    return (long) WORDS.getOpaque(words, hash & (words.length - 1));
  }

  /// 30 bits, never 0.
  private static long tag(int hash, int birth) {
    int mixed = (hash ^ birth * 0x9E37_79B9) * 0x85EB_CA6B;
    return (mixed >>> 2) | 1L;
  }
}
