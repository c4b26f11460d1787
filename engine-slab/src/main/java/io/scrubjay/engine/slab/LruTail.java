package io.scrubjay.engine.slab;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.slab.LruList.Count;

/// Decides about the items at the ends of the LRU lists: they die, move to another queue of their
/// class, or stay. Source: spec 7.2.
///
/// It holds a list while it asks for buckets, against the lock order, and therefore only tries: an
/// item whose bucket is locked (perhaps by this very thread) isn't available and is passed over. It
/// holds one list at a time: an item on its way to another is on none, and its bucket is held.
///
/// Threads: any; holds nothing between calls.
final class LruTail {
  /// Items looked at in one go.
  static final int CANDIDATES_MAX = 5;

  /// What becomes of an item.
  private enum Fate {
    DIES,
    EVICTED,
    TO_HEAD,
    TO_WARM,
    TO_COLD,
    STAYS
  }

  private final ItemStore store;
  private final ItemMemory memory;
  private final LruLists lists;
  private final boolean evictions;
  private final int repairSeconds;
  private final EngineEvents events;

  LruTail(
      ItemStore store, LruLists lists, boolean evictions, int repairSeconds, EngineEvents events) {
    this.store = store;
    this.memory = store.memory;
    this.lists = lists;
    this.evictions = evictions;
    this.repairSeconds = repairSeconds;
    this.events = events;
  }

  /// Frees memory of the class, or brings an item nearer to that: a dead item or the last of COLD
  /// goes, or else COLD gets one. False when no item is available.
  boolean makeRoom(int slabClass) {
    if (look(slabClass, LruSegment.COLD, true, 0, 0) > 0) {
      return true;
    }
    boolean moved = look(slabClass, LruSegment.HOT, false, 0, 0) > 0;
    // Where everything is active, and nobody keeps WARM small, something has to go all the same.
    if (lists.list(slabClass, LruSegment.COLD).items() == 0) {
      moved |= look(slabClass, LruSegment.WARM, true, 0, 0) > 0;
    }
    return moved;
  }

  /// Without a maintainer nobody else looks at the end of a flat list: the dead items there go.
  void reclaim(int slabClass) {
    look(slabClass, LruSegment.COLD, false, 0, 0);
  }

  /// Moves on what has no place in the queue any more: dead items; active ones; in HOT and WARM
  /// those that the queue has no room for, and those not touched for longer than `idleMaxSeconds`.
  /// Returns how many items it dealt with.
  int age(int slabClass, int segment, long bytesMax, int idleMaxSeconds) {
    return look(slabClass, segment, false, bytesMax, idleMaxSeconds);
  }

  /// Brings a linked item back from COLD, if it is there and active. Needs its bucket.
  void activateCold(long item) {
    LruList list = lists.list(memory.list(item));
    if ((memory.list(item) & LruSegment.SEGMENT_MASK) != LruSegment.COLD
        || (memory.state(item) & ItemLayout.ACTIVE) == 0) {
      return;
    }
    list.unlink(item);
    activate(list, item);
    lists.list(memory.list(item) & LruSegment.CLASS_MASK, LruSegment.WARM).link(item);
  }

  /// `urgent`: live items leave COLD, and active ones WARM.
  private int look(int slabClass, int segment, boolean urgent, long bytesMax, int idleMaxSeconds) {
    LruList list = lists.list(slabClass, segment);
    int done = 0;
    long bucket;
    long item;
    Fate fate;
    synchronized (list) {
      long next = list.tail();
      for (int looked = 0; ; looked++) {
        item = next;
        if (item == 0 || looked == CANDIDATES_MAX) {
          return done;
        }
        next = memory.previous(item);
        bucket = store.index.tryLock(memory.hash(item));
        if (bucket == HashIndex.NONE) {
          continue;
        }
        boolean overdue = list.bytes() > bytesMax;
        fate = settle(list, item, bucket, urgent && done == 0, overdue, idleMaxSeconds);
        if (fate == Fate.TO_WARM || fate == Fate.TO_COLD) {
          break;
        }
        if (fate == Fate.STAYS) {
          return done;
        }
        done++;
        if (fate == Fate.EVICTED) {
          return done;
        }
      }
    }
    try {
      lists.list(slabClass, fate == Fate.TO_WARM ? LruSegment.WARM : LruSegment.COLD).link(item);
    } finally {
      store.index.unlock(bucket);
    }
    return done + 1;
  }

  /// Decides about an item whose list and bucket are held, and does it. The bucket is let go, but
  /// for an item that is on no list now and on its way to another.
  private Fate settle(
      LruList list, long item, long bucket, boolean urgent, boolean overdue, int idleMaxSeconds) {
    boolean travels = false;
    try {
      Fate fate = fate(list, item, urgent, overdue, idleMaxSeconds);
      switch (fate) {
        case DIES, EVICTED -> store.unlink(bucket, item);
        case TO_HEAD -> list.moveToHead(item);
        case TO_WARM, TO_COLD -> {
          list.unlink(item);
          travels = true;
        }
        case STAYS -> {}
      }
      return fate;
    } finally {
      if (!travels) {
        store.index.unlock(bucket);
      }
    }
  }

  /// Decides, and counts.
  private Fate fate(LruList list, long item, boolean urgent, boolean overdue, int idleMaxSeconds) {
    long state = memory.state(item);
    int idle = store.freshness.now() - (int) (state >>> ItemLayout.TIME_SHIFT);
    if ((state & ItemLayout.PINS_MASK) != 0) {
      list.count(Count.TAIL_REFLOCKED);
      if (repairSeconds != 0 && idle > repairSeconds) {
        list.count(Count.TAIL_REPAIRS);
        return Fate.DIES;
      }
    }
    if (store.judge(item) != Lookup.HIT) {
      list.count(Count.RECLAIMED);
      if ((state & ItemHeader.FETCHED) == 0) {
        list.count(Count.EXPIRED_UNFETCHED);
      }
      return Fate.DIES;
    }
    boolean active = (state & ItemLayout.ACTIVE) != 0;
    return switch (list.id() & LruSegment.SEGMENT_MASK) {
      case LruSegment.HOT ->
          active ? activate(list, item) : older(list, overdue || idle > idleMaxSeconds);
      case LruSegment.WARM ->
          active && !urgent ? renew(list, item) : older(list, overdue || idle > idleMaxSeconds);
      case LruSegment.COLD -> {
        if (urgent) {
          yield evict(list, item, state, idle);
        }
        yield active && lists.tuning().segmented() ? activate(list, item) : Fate.STAYS;
      }
      default -> Fate.STAYS;
    };
  }

  private Fate activate(LruList list, long item) {
    memory.changeFlags(item, 0, ItemLayout.ACTIVE);
    list.count(Count.MOVES_TO_WARM);
    return Fate.TO_WARM;
  }

  private Fate renew(LruList list, long item) {
    memory.changeFlags(item, 0, ItemLayout.ACTIVE);
    list.count(Count.MOVES_WITHIN);
    return Fate.TO_HEAD;
  }

  private static Fate older(LruList list, boolean leaves) {
    if (!leaves) {
      return Fate.STAYS;
    }
    list.count(Count.MOVES_TO_COLD);
    return Fate.TO_COLD;
  }

  private Fate evict(LruList list, long item, long state, int idle) {
    if (!evictions) {
      return Fate.STAYS;
    }
    boolean fetched = (state & ItemHeader.FETCHED) != 0;
    boolean active = (state & ItemLayout.ACTIVE) != 0;
    list.countEviction(memory.deadline(item) != 0, fetched, active, idle);
    if (events.watchesEvictions()) {
      tell(item);
    }
    return Fate.EVICTED;
  }

  /// Somebody watches, so the two cursors may be made anew: they can't be shared between threads.
  private void tell(long item) {
    ItemHeader header = new ItemHeader();
    long _ = memory.snapshot(item, header);
    events.evicted(memory.key(item, new Key()), header);
  }

  /// Unlinks the newest item of the list if it isn't older than `instant`, and dead. False when it
  /// is older or alive, or isn't available.
  boolean reapHead(LruList list, int instant) {
    long item;
    long bucket;
    synchronized (list) {
      item = list.head();
      if (item == 0) {
        return false;
      }
      int time = (int) (memory.state(item) >>> ItemLayout.TIME_SHIFT);
      if (Integer.compareUnsigned(time, instant) < 0) {
        return false;
      }
      bucket = store.index.tryLock(memory.hash(item));
      if (bucket == HashIndex.NONE) {
        return false;
      }
    }
    try {
      boolean dead = store.judge(item) != Lookup.HIT;
      if (dead) {
        store.unlink(bucket, item);
      }
      return dead;
    } finally {
      store.index.unlock(bucket);
    }
  }
}
