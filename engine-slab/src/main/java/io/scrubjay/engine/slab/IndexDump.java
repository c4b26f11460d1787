package io.scrubjay.engine.slab;

import io.scrubjay.engine.ItemVisitor;

/// Walks the index, bucket by bucket. The chain of a bucket is noted when the walk comes to it;
/// each of its items is looked up again before it is shown, since it may be gone by then.
final class IndexDump extends CrawlerDump {
  private final int power;
  private final long buckets;
  private long nextBucket;
  private long[] chain = new long[0];
  private int shown;

  IndexDump(Crawler crawler, ItemStore store, Runnable abandoned) {
    super(crawler, store, abandoned);
    this.power = store.index.power();
    this.buckets = store.index.buckets();
  }

  @Override
  Step step(ItemVisitor visitor) {
    HashIndex index = store.index;
    if (index.expanding() || index.power() != power) {
      return Step.LOCKED;
    }
    if (shown == chain.length) {
      if (nextBucket == buckets) {
        return Step.END;
      }
      chain = index.itemsOf(nextBucket++);
      shown = 0;
      return Step.PASSED_OVER;
    }
    long item = chain[shown++];
    int hash = store.memory.hash(item);
    long bucket = index.lock(hash);
    if (!index.contains(bucket, item)) {
      index.unlock(bucket);
      return Step.PASSED_OVER;
    }
    return show(bucket, item, visitor);
  }
}
