package io.scrubjay.engine.slab;

import java.util.ArrayList;
import java.util.List;

/// Keeps the queues of every class in proportion, and brings back from COLD what has become active:
/// the work of the thread `mc-lrumaint`. Source: spec 7.2.
///
/// Threads: any; a monitor that is held for a turn. Readers never wait for it: their sessions hand
/// over hints in a [BumpQueue] each, and the rest is between it and the locks that everyone takes.
final class LruMaintainer {
  /// Rounds of moves for one class in one turn.
  static final int MOVES_MAX = 500;

  private final ItemStore store;
  private final LruLists lists;
  private final Crawler crawler;
  private final List<BumpQueue> queues = new ArrayList<>();
  private final BumpQueue.Taker bumps = this::bump;
  private final Pace[] paces;
  private final Pace bumpPace = new Pace(BumpQueue.ENTRIES_MAX / 16);
  private long droppedByClosed;
  private long droppedBefore;
  private long juggles;
  private int crawledAt;

  LruMaintainer(ItemStore store, Crawler crawler) {
    this.store = store;
    this.crawler = crawler;
    this.lists = store.lists;
    this.paces = new Pace[lists.largestClass() + 1];
    for (int slabClass = 1; slabClass < paces.length; slabClass++) {
      paces[slabClass] = new Pace(MOVES_MAX);
    }
  }

  synchronized BumpQueue openQueue() {
    var queue = new BumpQueue();
    queues.add(queue);
    return queue;
  }

  synchronized void closeQueue(BumpQueue queue) {
    if (queues.remove(queue)) {
      droppedByClosed += queue.dropped();
    }
  }

  /// Does what is due. Returns the nanoseconds until more is.
  synchronized long turn(long nowNanos) {
    juggles++;
    if (bumpPace.due(nowNanos)) {
      bumpPace.done(takeBumps(), nowNanos);
    }
    long next = bumpPace.dueNanos();
    for (int slabClass = 1; slabClass < paces.length; slabClass++) {
      Pace pace = paces[slabClass];
      if (pace.due(nowNanos)) {
        pace.done(juggle(slabClass), nowNanos);
      }
      next = Math.min(next, pace.dueNanos());
    }
    int second = store.freshness.now();
    if (second != crawledAt) {
      crawledAt = second;
      crawler.crawlDue();
    }
    return Math.max(next - nowNanos, Pace.PAUSE_MIN_NANOS);
  }

  private int takeBumps() {
    int taken = 0;
    for (int i = 0; i < queues.size(); i++) {
      taken += queues.get(i).drain(bumps);
    }
    return taken;
  }

  /// The hint may be old: only what the index still has is an item.
  private void bump(long item, int hash) {
    long bucket = store.index.lock(hash);
    try {
      if (store.index.contains(bucket, item)) {
        store.tail.activateCold(item);
      }
    } finally {
      store.index.unlock(bucket);
    }
  }

  /// Rounds in which something was to do.
  private int juggle(int slabClass) {
    LruTuning tuning = lists.tuning();
    int rounds = 0;
    while (rounds < MOVES_MAX && moveOn(slabClass, tuning)) {
      rounds++;
    }
    return rounds;
  }

  /// Ages are compared with that of COLD's tail; the flat LRU drains the other queues into COLD.
  private boolean moveOn(int slabClass, LruTuning tuning) {
    LruTail tail = store.tail;
    int moved = tail.age(slabClass, LruSegment.TEMP, 0, 0);
    LruList cold = lists.list(slabClass, LruSegment.COLD);
    LruList hot = lists.list(slabClass, LruSegment.HOT);
    LruList warm = lists.list(slabClass, LruSegment.WARM);
    long bytes = 0;
    int age = 0;
    if (tuning.segmented()) {
      int now = store.freshness.now();
      age = now - cold.tailTime(now);
      bytes = hot.bytes() + warm.bytes() + cold.bytes();
    }
    moved +=
        tail.age(
            slabClass,
            LruSegment.HOT,
            bytes * tuning.hotPercent() / 100,
            (int) (age * tuning.hotMaxFactor()));
    moved +=
        tail.age(
            slabClass,
            LruSegment.WARM,
            bytes * tuning.warmPercent() / 100,
            (int) (age * tuning.warmMaxFactor()));
    moved += tail.age(slabClass, LruSegment.COLD, 0, 0);
    return moved > 0;
  }

  synchronized long juggles() {
    return juggles;
  }

  /// Hints that found their queue full.
  synchronized long bumpsDropped() {
    return everDropped() - droppedBefore;
  }

  synchronized void resetCounts() {
    droppedBefore = everDropped();
    juggles = 0;
  }

  private long everDropped() {
    long dropped = droppedByClosed;
    for (BumpQueue queue : queues) {
      dropped += queue.dropped();
    }
    return dropped;
  }
}
