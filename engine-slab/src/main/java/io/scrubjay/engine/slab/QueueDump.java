package io.scrubjay.engine.slab;

import io.scrubjay.engine.ItemVisitor;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Walks LRU queues, one after the other.
final class QueueDump extends CrawlerDump {
  private final Deque<LruList> queues;
  private @Nullable LruList walked;

  QueueDump(Crawler crawler, ItemStore store, Deque<LruList> queues, Runnable abandoned) {
    super(crawler, store, abandoned);
    this.queues = queues;
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
        return show(bucket, item, visitor);
      }
      if (attempt == ATTEMPTS_MAX) {
        return Step.PASSED_OVER;
      }
      Thread.onSpinWait();
    }
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
