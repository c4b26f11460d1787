package io.scrubjay.engine.slab;

import io.scrubjay.engine.ItemHeader;

/// Records one session's hits on items (spec 7.2). Segmented: the first one marks the item fetched,
/// the second active, with the time; more change nothing, so that a hot item is only read. Flat:
/// the item moves to the head of its queue, but at most once in [#REFRESH_SECONDS]; whether it was
/// active while the LRU was segmented plays no part.
///
/// Losing a race loses the hint, which is all a hit is to the LRU.
///
/// Threads: confined to its session.
final class HitRecorder {
  static final int REFRESH_SECONDS = 60;

  private final ItemStore store;
  private final ItemMemory memory;
  private final LruLists lists;
  private final BumpQueue bumps;

  HitRecorder(ItemStore store, BumpQueue bumps) {
    this.store = store;
    this.memory = store.memory;
    this.lists = store.lists;
    this.bumps = bumps;
  }

  /// A hit on an item last seen in `state`. `bucketHeld`: by this session.
  void hit(long item, long state, int hash, boolean bucketHeld) {
    boolean segmented = lists.tuning().segmented();
    if (segmented && (state & ItemLayout.ACTIVE) != 0) {
      return;
    }
    if ((state & ItemHeader.FETCHED) == 0) {
      memory.changeState(item, state, state | ItemHeader.FETCHED);
    } else if (segmented) {
      activate(item, state, hash);
    }
    if (!segmented) {
      refresh(item, state, hash, bucketHeld);
    }
  }

  /// A write that left the item there; its bucket is held.
  void renew(long item, int hash) {
    if (lists.tuning().segmented()) {
      memory.time(item, store.freshness.now());
    } else {
      refresh(item, memory.state(item), hash, true);
    }
  }

  /// An item that is back from COLD is moved by the maintainer.
  private void activate(long item, long state, int hash) {
    long time = (long) store.freshness.now() << ItemLayout.TIME_SHIFT;
    long after = (state & ~ItemLayout.TIME_MASK) | ItemLayout.ACTIVE | time;
    if (memory.changeState(item, state, after)
        && (memory.list(item) & LruSegment.SEGMENT_MASK) == LruSegment.COLD) {
      bumps.offer(item, hash);
    }
  }

  private void refresh(long item, long state, int hash, boolean bucketHeld) {
    int now = store.freshness.now();
    if (now - (int) (state >>> ItemLayout.TIME_SHIFT) <= REFRESH_SECONDS) {
      return;
    }
    if (bucketHeld) {
      moveToHead(item, now);
      return;
    }
    long bucket = store.index.tryLock(hash);
    if (bucket == HashIndex.NONE) {
      return;
    }
    if (store.index.contains(bucket, item)) {
      moveToHead(item, now);
    }
    store.index.unlock(bucket);
  }

  private void moveToHead(long item, int now) {
    memory.time(item, now);
    lists.list(memory.list(item)).moveToHead(item);
  }
}
