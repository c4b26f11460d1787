package io.scrubjay.engine.slab;

import java.util.Arrays;

/// One LRU queue: items linked through their headers, and what happened to them.
///
/// Threads: the methods that say so need the caller to hold this object's monitor, because a caller
/// does several things under it; the others take it. A monitor rather than a `ReentrantLock`, since
/// that allocates a node for each thread that waits.
final class LruList {
  /// What is counted for each list, in the words of `stats items`.
  enum Count {
    LINKED,
    EVICTED,
    EVICTED_NONZERO,
    OUT_OF_MEMORY,
    RECLAIMED,
    EXPIRED_UNFETCHED,
    EVICTED_UNFETCHED,
    EVICTED_ACTIVE,
    TAIL_REPAIRS,
    TAIL_REFLOCKED,
    CRAWLER_RECLAIMED,
    CRAWLER_CHECKED,
    MOVES_TO_COLD,
    MOVES_TO_WARM,
    MOVES_WITHIN,
    DIRECT_RECLAIMS;

    private static final int HOW_MANY = values().length;
  }

  private final ItemMemory memory;
  private final int id;
  private final long[] counts = new long[Count.HOW_MANY];
  private long head;
  private long tail;
  private long cursor;
  private long items;
  private long bytes;
  private int lastEvictedIdleSeconds;

  LruList(ItemMemory memory, int id) {
    this.memory = memory;
    this.id = id;
  }

  /// Slab class | segment.
  int id() {
    return id;
  }

  /// Needs the monitor. 0 when empty, as for [#tail].
  long head() {
    return head;
  }

  /// Needs the monitor.
  long tail() {
    return tail;
  }

  /// Puts an item on the list that was on none. Needs the item's bucket.
  synchronized void link(long item) {
    memory.list(item, id);
    items++;
    bytes += memory.totalBytes(item);
    addHead(item);
  }

  /// The same for an item that was stored just now.
  synchronized void linkNew(long item) {
    count(Count.LINKED);
    link(item);
  }

  /// Needs the item's bucket.
  synchronized void unlink(long item) {
    items--;
    bytes -= memory.totalBytes(item);
    detach(item);
  }

  /// Puts `replacement`, a copy of `item` in other memory, in its place.
  synchronized void replace(long item, long replacement) {
    long previous = memory.previous(item);
    long next = memory.next(item);
    memory.previous(replacement, previous);
    memory.next(replacement, next);
    if (previous != 0) {
      memory.next(previous, replacement);
    } else {
      head = replacement;
    }
    if (next != 0) {
      memory.previous(next, replacement);
    } else {
      tail = replacement;
    }
    if (cursor == item) {
      cursor = replacement;
    }
  }

  /// Needs the item's bucket.
  synchronized void moveToHead(long item) {
    detach(item);
    addHead(item);
  }

  /// A walk from the tail begins; there is one at a time per list. It stays on its way whatever
  /// happens to the items.
  synchronized void beginWalk() {
    cursor = tail;
  }

  synchronized void endWalk() {
    cursor = 0;
  }

  /// The item that the walk has come to, 0 behind the head. Needs the monitor.
  long walkedTo() {
    return cursor;
  }

  /// Goes on to the next item. Needs the monitor.
  void walkOn() {
    cursor = memory.previous(cursor);
  }

  private void addHead(long item) {
    memory.previous(item, 0);
    memory.next(item, head);
    if (head != 0) {
      memory.previous(head, item);
    } else {
      tail = item;
    }
    head = item;
  }

  private void detach(long item) {
    long previous = memory.previous(item);
    long next = memory.next(item);
    if (item == cursor) {
      cursor = previous;
    }
    if (previous != 0) {
      memory.next(previous, next);
    } else {
      head = next;
    }
    if (next != 0) {
      memory.previous(next, previous);
    } else {
      tail = previous;
    }
  }

  @SuppressWarnings("EnumOrdinal") // an index into an array made from the same enum
  synchronized void count(Count what) {
    counts[what.ordinal()]++;
  }

  @SuppressWarnings("EnumOrdinal") // an index into an array made from the same enum
  synchronized void count(Count what, long times) {
    counts[what.ordinal()] += times;
  }

  synchronized void countEviction(boolean hasDeadline, boolean fetched, boolean active, int idle) {
    count(Count.EVICTED);
    if (hasDeadline) {
      count(Count.EVICTED_NONZERO);
    }
    if (!fetched) {
      count(Count.EVICTED_UNFETCHED);
    }
    if (active) {
      count(Count.EVICTED_ACTIVE);
    }
    lastEvictedIdleSeconds = idle;
  }

  @SuppressWarnings("EnumOrdinal") // an index into an array made from the same enum
  synchronized long counted(Count what) {
    return counts[what.ordinal()];
  }

  synchronized void resetCounts() {
    Arrays.fill(counts, 0);
    lastEvictedIdleSeconds = 0;
  }

  synchronized long items() {
    return items;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized int lastEvictedIdleSeconds() {
    return lastEvictedIdleSeconds;
  }

  /// When the tail was last touched, or `now` of an empty list.
  synchronized int tailTime(int now) {
    return tail == 0 ? now : (int) (memory.state(tail) >>> ItemLayout.TIME_SHIFT);
  }

  interface Visitor {
    void item(long item);
  }

  /// Walks the list and checks its links and counts on the way; for structure checks.
  synchronized void validate(Visitor visitor) {
    long walked = 0;
    long walkedBytes = 0;
    long previous = 0;
    for (long item = head; item != 0; item = memory.next(item)) {
      if (memory.previous(item) != previous || memory.list(item) != id) {
        throw new AssertionError("item " + item + " is linked wrongly on list " + id);
      }
      walked++;
      walkedBytes += memory.totalBytes(item);
      visitor.item(item);
      previous = item;
    }
    if (tail != previous || walked != items || walkedBytes != bytes) {
      throw new AssertionError(
          "list "
              + id
              + ": "
              + walked
              + " items of "
              + walkedBytes
              + " bytes, counted "
              + items
              + " of "
              + bytes);
    }
  }
}
