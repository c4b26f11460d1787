package io.scrubjay.engine.slab;

import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.engine.slab.LruList.Count;

/// The queues of all slab classes: where a new item goes, and their figures taken together.
/// Threads: any; sums are of figures that were each right, not all at one moment.
final class LruLists {
  private static final int[] SEGMENTS = {
    LruSegment.HOT, LruSegment.WARM, LruSegment.COLD, LruSegment.TEMP
  };

  private final LruList[] lists = new LruList[LruSegment.LISTS];
  private final int largestClass;
  private volatile LruTuning tuning;

  LruLists(ItemMemory memory, int largestClass, LruTuning tuning) {
    this.largestClass = largestClass;
    this.tuning = tuning;
    for (int id = 0; id < LruSegment.LISTS; id++) {
      lists[id] = new LruList(memory, id);
    }
  }

  LruTuning tuning() {
    return tuning;
  }

  void tuning(LruTuning changed) {
    tuning = changed;
  }

  int largestClass() {
    return largestClass;
  }

  /// `id`: slab class | segment.
  LruList list(int id) {
    return lists[id];
  }

  LruList list(int slabClass, int segment) {
    return lists[slabClass | segment];
  }

  long items() {
    long sum = 0;
    for (int slabClass = 1; slabClass <= largestClass; slabClass++) {
      sum += items(slabClass);
    }
    return sum;
  }

  long items(int slabClass) {
    long sum = 0;
    for (int segment : SEGMENTS) {
      sum += lists[slabClass | segment].items();
    }
    return sum;
  }

  long bytes() {
    long sum = 0;
    for (int slabClass = 1; slabClass <= largestClass; slabClass++) {
      sum += bytes(slabClass);
    }
    return sum;
  }

  long bytes(int slabClass) {
    long sum = 0;
    for (int segment : SEGMENTS) {
      sum += lists[slabClass | segment].bytes();
    }
    return sum;
  }

  long counted(Count what) {
    long sum = 0;
    for (int slabClass = 1; slabClass <= largestClass; slabClass++) {
      sum += counted(slabClass, what);
    }
    return sum;
  }

  long counted(int slabClass, Count what) {
    long sum = 0;
    for (int segment : SEGMENTS) {
      sum += lists[slabClass | segment].counted(what);
    }
    return sum;
  }

  void resetCounts() {
    for (LruList list : lists) {
      list.resetCounts();
    }
  }

  interface Visitor {
    void list(LruList list);
  }

  /// Every queue of every class.
  void forEach(Visitor visitor) {
    forEach(CrawlerControl.ALL_CLASSES, visitor);
  }

  /// Every queue of the classes whose bits are set.
  void forEach(long classes, Visitor visitor) {
    for (int slabClass = 1; slabClass <= largestClass; slabClass++) {
      if ((classes >>> slabClass & 1) != 0) {
        for (int segment : SEGMENTS) {
          visitor.list(lists[slabClass | segment]);
        }
      }
    }
  }
}
