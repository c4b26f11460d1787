package io.scrubjay.engine.slab;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.slab.LruList.Count;

/// Takes items from the ends of the LRU lists.
///
/// It holds a list while it asks for buckets, against the lock order, and therefore only tries: an
/// item whose bucket is locked (perhaps by this very thread) isn't available and is passed over.
///
/// Threads: any; holds nothing between calls.
final class Evictor {
  /// Items looked at in one go.
  static final int CANDIDATES_MAX = 100;

  /// Items that are in use and so get a second chance, before one of them goes anyway.
  static final int SECOND_CHANCES_MAX = 50;

  private final ItemStore store;
  private final ItemMemory memory;
  private final boolean evictions;
  private final EngineEvents events;

  Evictor(ItemStore store, boolean evictions, EngineEvents events) {
    this.store = store;
    this.memory = store.memory;
    this.evictions = evictions;
    this.events = events;
  }

  /// Frees the memory of one item of the class: a dead one, or the least recently used. False when
  /// there is none that can go.
  boolean reclaim(int slabClass) {
    LruList list = store.list(slabClass);
    long victim;
    long bucket = HashIndex.NONE;
    synchronized (list) {
      victim = list.tail();
      int chances = 0;
      for (int looked = 0; victim != 0; looked++) {
        if (looked == CANDIDATES_MAX) {
          return false;
        }
        long candidate = victim;
        victim = memory.previous(candidate);
        bucket = store.index.tryLock(memory.hash(candidate));
        if (bucket == HashIndex.NONE) {
          continue;
        }
        if (mayGo(list, candidate, chances < SECOND_CHANCES_MAX)) {
          victim = candidate;
          break;
        }
        store.index.unlock(bucket);
        chances++;
      }
      if (victim == 0) {
        return false;
      }
      list.count(Count.DIRECT_RECLAIMS);
    }
    store.unlink(bucket, victim);
    store.index.unlock(bucket);
    return true;
  }

  /// Decides about an item whose list and bucket are held. What stays moves to the head.
  private boolean mayGo(LruList list, long item, boolean chancesLeft) {
    long state = memory.state(item);
    boolean fetched = (state & ItemHeader.FETCHED) != 0;
    boolean active = (state & ItemLayout.ACTIVE) != 0;
    if ((state & ItemLayout.PINS_MASK) != 0) {
      list.count(Count.TAIL_REFLOCKED);
      list.moveToHead(item);
      return false;
    }
    if (store.judge(item) != Lookup.HIT) {
      list.count(Count.RECLAIMED);
      if (!fetched) {
        list.count(Count.EXPIRED_UNFETCHED);
      }
      return true;
    }
    if (!evictions) {
      return false;
    }
    if (active && chancesLeft) {
      memory.changeFlags(item, 0, ItemLayout.ACTIVE);
      list.moveToHead(item);
      list.count(Count.MOVED_WITHIN);
      return false;
    }
    int idle = store.freshness.now() - (int) (state >>> ItemLayout.TIME_SHIFT);
    list.countEviction(memory.deadline(item) != 0, fetched, active, idle);
    if (events.watchesEvictions()) {
      tell(item);
    }
    return true;
  }

  /// Somebody watches, so the two cursors may be made anew: they can't be shared between threads.
  private void tell(long item) {
    ItemHeader header = new ItemHeader();
    long _ = memory.snapshot(item, header);
    events.evicted(memory.key(item, new Key()), header);
  }

  /// Unlinks the newest item of the class if it is newer than `instant` and dead. False when it
  /// isn't, or isn't available.
  boolean reapHead(int slabClass, int instant) {
    LruList list = store.list(slabClass);
    long item;
    long bucket;
    synchronized (list) {
      item = list.head();
      if (item == 0) {
        return false;
      }
      int time = (int) (memory.state(item) >>> ItemLayout.TIME_SHIFT);
      if (Integer.compareUnsigned(time, instant) <= 0) {
        return false;
      }
      bucket = store.index.tryLock(memory.hash(item));
      if (bucket == HashIndex.NONE) {
        return false;
      }
    }
    boolean dead = store.judge(item) != Lookup.HIT;
    if (dead) {
      store.unlink(bucket, item);
    }
    store.index.unlock(bucket);
    return dead;
  }
}
