package io.scrubjay.engine.slab;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemVisitor;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.LruControl;

/// What an operator turns. Threads: any; changes of the tuning exclude each other by a monitor.
final class LruKnobs implements LruControl {
  private final ItemStore store;
  private final LruLists lists;
  private final boolean maintained;

  LruKnobs(ItemStore store, boolean maintained) {
    this.store = store;
    this.lists = store.lists;
    this.maintained = maintained;
  }

  @Override
  public synchronized void tune(
      int hotPercent, int warmPercent, double hotMaxFactor, double warmMaxFactor) {
    lists.tuning(lists.tuning().shares(hotPercent, warmPercent, hotMaxFactor, warmMaxFactor));
  }

  @Override
  public synchronized boolean segmented(boolean wanted) {
    if (maintained) {
      lists.tuning(lists.tuning().segmented(wanted));
    }
    return maintained;
  }

  @Override
  public synchronized boolean temporaryTtl(int seconds) {
    if (maintained) {
      lists.tuning(lists.tuning().temporaryTtl(seconds));
    }
    return maintained;
  }

  /// Items whose bucket is locked are in use and left out.
  @Override
  public void showCold(int slabClass, ItemVisitor visitor) {
    if (slabClass < 1 || slabClass > lists.largestClass()) {
      return;
    }
    ItemMemory memory = store.memory;
    ItemHeader header = new ItemHeader();
    Key key = new Key();
    LruList cold = lists.list(slabClass, LruSegment.COLD);
    synchronized (cold) {
      boolean more = true;
      for (long item = cold.head(); more && item != 0; item = memory.next(item)) {
        long bucket = store.index.tryLock(memory.hash(item));
        if (bucket != HashIndex.NONE) {
          long _ = memory.snapshot(item, header);
          more = visitor.item(memory.key(item, key), header);
          store.index.unlock(bucket);
        }
      }
    }
  }
}
