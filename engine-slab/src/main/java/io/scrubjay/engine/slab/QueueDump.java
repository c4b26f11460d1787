package io.scrubjay.engine.slab;

import io.scrubjay.engine.ItemVisitor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Walks LRU queues, one after the other. An item notes the number of the dump that has shown it,
/// so it is shown once, whichever queue it moves to meanwhile. It is hardly missed for that either:
/// from HOT and WARM items go where the walk comes later, and WARM is walked again behind COLD.
/// Only an item that leaves COLD ahead of the walk and is back behind it, before the second walk of
/// WARM comes to it, isn't shown.
final class QueueDump extends CrawlerDump {
  private final Deque<LruList> queues = new ArrayDeque<>();
  private final short number;
  private @Nullable LruList walked;

  QueueDump(Crawler crawler, ItemStore store, long classes, short number, Runnable abandoned) {
    super(crawler, store, abandoned);
    this.number = number;
    store.lists.forEach(classes, this::add);
  }

  private void add(LruList list) {
    queues.add(list);
    if ((list.id() & LruSegment.SEGMENT_MASK) == LruSegment.COLD) {
      queues.add(store.lists.list(list.id() & LruSegment.CLASS_MASK, LruSegment.WARM));
    }
  }

  @Override
  Step step(ItemVisitor visitor) {
    LruList list = walked;
    if (list == null) {
      list = queues.poll();
      if (list == null) {
        return Step.END;
      }
      walked = list;
      list.beginWalk();
    }
    for (int attempt = 1; ; attempt++) {
      long item;
      long bucket;
      synchronized (list) {
        item = list.walkedTo();
        if (item == 0) {
          walked = null;
          return Step.PASSED_OVER;
        }
        bucket = store.index.tryLock(store.memory.hash(item));
        if (bucket != HashIndex.NONE || attempt == ATTEMPTS_MAX) {
          list.walkOn();
        }
      }
      if (bucket != HashIndex.NONE) {
        return showOnce(list, bucket, item, visitor);
      }
      if (attempt == ATTEMPTS_MAX) {
        return Step.PASSED_OVER;
      }
      Thread.onSpinWait();
    }
  }

  private Step showOnce(LruList list, long bucket, long item, ItemVisitor visitor) {
    if (store.memory.dump(item) == number) {
      store.index.unlock(bucket);
      return Step.PASSED_OVER;
    }
    store.memory.dump(item, number);
    list.count(LruList.Count.CRAWLER_CHECKED);
    return show(bucket, item, visitor);
  }

  @Override
  public void close() {
    if (walked != null) {
      walked.endWalk();
      walked = null;
    }
    queues.clear();
    super.close();
  }
}
