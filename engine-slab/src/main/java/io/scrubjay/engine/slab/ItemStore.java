package io.scrubjay.engine.slab;

import static io.scrubjay.engine.slab.ItemLayout.LINKED;
import static io.scrubjay.engine.slab.ItemLayout.PINS_MASK;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Lookup;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Index, lists and chunks as one: what every session works on, in steps that leave them agreeing.
///
/// Threads: any; each method says whose lock it needs. The lock order is bucket, LRU list, slab
/// class, page pool; see docs/internals/concurrency.md.
final class ItemStore {
  /// How often memory is asked for again after an eviction before giving up (M-07).
  static final int ALLOCATION_ATTEMPTS_MAX = 10;

  final ItemMemory memory;
  final SlabGeometry geometry;
  final HashIndex index;
  final Freshness freshness;
  final PagePool pool;
  final long itemBytesMax;
  private final SlabClass[] slabs;
  final LruLists lists;
  final LruTail tail;

  /// Null: nobody wants to know.
  final @Nullable SizeCounts sizes;

  private final boolean casEnabled;

  /// The id given last. Whoever stores takes the next, so the first one seen is 2 (spec T-32).
  private final AtomicLong lastCas = new AtomicLong(1);

  ItemStore(
      EngineOptions options,
      LruSettings lru,
      SlabGeometry geometry,
      ItemMemory memory,
      HashIndex index,
      PagePool pool,
      Freshness freshness,
      EngineEvents events) {
    this.memory = memory;
    this.geometry = geometry;
    this.index = index;
    this.freshness = freshness;
    this.pool = pool;
    this.itemBytesMax = options.itemBytesMax();
    this.casEnabled = options.casEnabled();
    this.slabs = new SlabClass[geometry.largest() + 1];
    for (int slabClass = 1; slabClass <= geometry.largest(); slabClass++) {
      slabs[slabClass] = new SlabClass(memory, pool, slabClass, geometry.chunkBytes(slabClass));
    }
    this.lists = new LruLists(memory, geometry.largest(), lru.tuning());
    this.sizes = lru.tracksSizes() ? new SizeCounts(itemBytesMax) : null;
    this.tail = new LruTail(this, lists, options.evictions(), lru.tailRepairSeconds(), events);
  }

  SlabClass slab(int slabClass) {
    return slabs[slabClass];
  }

  /// A chunk of the class, evicting from it if need be, or 0. Needs no lock; a bucket may be held,
  /// whose items are then safe.
  long allocate(int slabClass) {
    boolean segmented = lists.tuning().segmented();
    long chunk = 0;
    int attempt = 0;
    for (; attempt < ALLOCATION_ATTEMPTS_MAX; attempt++) {
      if (!segmented) {
        tail.reclaim(slabClass);
      }
      chunk = slabs[slabClass].take();
      // Where items move between queues the next look may find what this one didn't.
      if (chunk != 0 || !(tail.makeRoom(slabClass) || segmented)) {
        break;
      }
    }
    if (attempt > 0) {
      lists.list(slabClass, LruSegment.COLD).count(LruList.Count.DIRECT_RECLAIMS, attempt);
    }
    return chunk;
  }

  /// Gives back the chunks of an item that is neither linked nor pinned. Needs no lock.
  void free(long item) {
    if ((memory.state(item) & ItemLayout.IN_PIECES) != 0) {
      long piece = memory.firstPiece(item);
      while (piece != 0) {
        long next = memory.next(piece);
        slabs[memory.chunkClass(piece)].give(piece);
        piece = next;
      }
    }
    slabs[memory.chunkClass(item)].give(item);
  }

  /// Puts a filled item on its list; its place in the index is the caller's. Returns its CAS id.
  /// Needs the bucket.
  long link(long item, int slabClass, long cas) {
    long given = nextCas(cas);
    memory.cas(item, given);
    memory.epoch(item, freshness.epoch());
    long state = memory.state(item) & ~ItemLayout.TIME_MASK;
    int now = freshness.now();
    memory.state(item, state | LINKED | (long) now << ItemLayout.TIME_SHIFT);
    int segment = lists.tuning().firstSegment(memory.deadline(item), now);
    lists.list(slabClass, segment).linkNew(item);
    if (sizes != null) {
      sizes.count(memory.totalBytes(item), 1);
    }
    return given;
  }

  /// Puts an item that an earlier run stored on the list `list`, and counts it. Needs the bucket.
  void relink(long item, int list) {
    lists.list(list).linkNew(item);
    if (sizes != null) {
      sizes.count(memory.totalBytes(item), 1);
    }
  }

  long lastCas() {
    return lastCas.get();
  }

  /// The next id will be greater than this.
  void resumeCas(long last) {
    lastCas.set(last);
  }

  /// The next id will be greater than this, if it isn't anyway.
  void raiseCas(long least) {
    long _ = lastCas.accumulateAndGet(least, Math::max);
  }

  long nextCas(long wanted) {
    if (!casEnabled) {
      return 0;
    }
    return wanted != 0 ? wanted : lastCas.incrementAndGet();
  }

  /// Removes an item wherever it is. Needs the bucket.
  void unlink(long bucket, long item) {
    index.remove(bucket, item);
    lists.list(memory.list(item)).unlink(item);
    letGo(item);
  }

  /// Takes `item` off its list after another took its place in the index. Needs the bucket.
  void unlinkReplaced(long item) {
    lists.list(memory.list(item)).unlink(item);
    letGo(item);
  }

  /// The last of index and pins to let an item go gives its memory back: both change the one state
  /// word, so exactly one sees the other gone. Needs the bucket.
  private void letGo(long item) {
    if (sizes != null) {
      sizes.count(memory.totalBytes(item), -1);
    }
    if ((memory.changeFlags(item, 0, LINKED) & PINS_MASK) == 0) {
      free(item);
    }
  }

  /// Needs no lock.
  void unpin(long item) {
    while (true) {
      long before = memory.state(item);
      long after = before - ItemLayout.PIN_ONE;
      if (memory.changeState(item, before, after)) {
        if ((after & (LINKED | PINS_MASK)) == 0) {
          free(item);
        }
        return;
      }
    }
  }

  /// False when the item has all the pins it can count. Needs the bucket.
  boolean pin(long item) {
    while (true) {
      long before = memory.state(item);
      if ((before & PINS_MASK) == PINS_MASK) {
        return false;
      }
      if (memory.changeState(item, before, before + ItemLayout.PIN_ONE)) {
        return true;
      }
    }
  }

  /// Whether a present item may be served. Needs the bucket, or a look at it afterwards.
  Lookup judge(long item) {
    int time = (int) (memory.state(item) >>> ItemLayout.TIME_SHIFT);
    return freshness.judge(memory.deadline(item), time, memory.epoch(item));
  }

  /// Appends the whole value of an item that can't change to `draft`. False when memory ran out.
  boolean copyValueTo(long item, Draft draft) {
    var segment = memory.segment();
    if ((memory.state(item) & ItemLayout.IN_PIECES) == 0) {
      return draft.append(segment, memory.valueOffset(item), memory.valueBytes(item));
    }
    for (long piece = memory.firstPiece(item); piece != 0; piece = memory.next(piece)) {
      long from = piece + ItemLayout.HEADER_BYTES;
      if (!draft.append(segment, from, memory.valueBytes(piece))) {
        return false;
      }
    }
    return true;
  }

  /// Removes everything that may not be served any more. While nothing else goes on.
  void unlinkDead() {
    lists.forEach(
        list -> {
          long item;
          synchronized (list) {
            item = list.tail();
          }
          while (item != 0) {
            long before = memory.previous(item);
            if (judge(item) != Lookup.HIT) {
              long bucket = index.lock(memory.hash(item));
              unlink(bucket, item);
              index.unlock(bucket);
            }
            item = before;
          }
        });
  }

  /// Makes a flush at once visible in the figures for what was stored at `instant` or later, as
  /// memcached does; the epoch has made it invisible already. Stops at the first older item of each
  /// list.
  void reapSince(int instant) {
    lists.forEach(
        list -> {
          while (tail.reapHead(list, instant)) {
            // One at a time, so that nobody waits long for the list.
          }
        });
  }
}
