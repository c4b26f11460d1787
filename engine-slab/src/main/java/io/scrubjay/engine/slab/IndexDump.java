package io.scrubjay.engine.slab;

import io.scrubjay.engine.ItemVisitor;

/// Shows the index's items bucket by bucket, as long as it doesn't grow.
final class IndexDump extends CrawlerDump {
  private final BucketWalk walk;
  private final int power;
  private final long buckets;
  private long nextBucket;

  IndexDump(Crawler crawler, ItemStore store, Runnable abandoned) {
    super(crawler, store, abandoned);
    this.walk = new BucketWalk(store.index);
    this.power = store.index.power();
    this.buckets = store.index.buckets();
  }

  @Override
  Step step(ItemVisitor visitor) {
    HashIndex index = store.index;
    if (index.expanding() || index.power() != power) {
      return Step.LOCKED;
    }
    if (walk.hasNext()) {
      long item = walk.lockNext();
      return item == 0 ? Step.PASSED_OVER : show(walk.bucket(), item, visitor);
    }
    if (nextBucket == buckets) {
      return Step.END;
    }
    walk.begin(nextBucket++);
    return Step.PASSED_OVER;
  }
}
