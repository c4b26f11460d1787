package io.scrubjay.engine.slab;

import io.scrubjay.engine.ItemCursor;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemVisitor;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;

/// A dump on the thread of whoever pulls it. Threads: confined, but for when it was last pulled.
abstract class CrawlerDump implements ItemCursor {
  /// How often a locked bucket is asked for again: its holder works for microseconds, unless it has
  /// lost its processor.
  static final int ATTEMPTS_MAX = 1000;

  final ItemStore store;
  private final Crawler crawler;
  private final Runnable abandoned;
  private final Key key = new Key();
  private final ItemHeader header = new ItemHeader();
  private volatile int pulledAt;
  private boolean closed;

  CrawlerDump(Crawler crawler, ItemStore store, Runnable abandoned) {
    this.crawler = crawler;
    this.store = store;
    this.abandoned = abandoned;
    this.pulledAt = store.freshness.now();
  }

  @Override
  public final Step next(ItemVisitor visitor) {
    pulledAt = store.freshness.now();
    return step(visitor);
  }

  abstract Step step(ItemVisitor visitor);

  /// Shows an item if it is alive, and unlocks its bucket.
  final Step show(long bucket, long item, ItemVisitor visitor) {
    try {
      if (store.judge(item) != Lookup.HIT) {
        return Step.PASSED_OVER;
      }
      long _ = store.memory.snapshot(item, header);
      visitor.item(store.memory.key(item, key), header);
      return Step.SHOWN;
    } finally {
      store.index.unlock(bucket);
    }
  }

  /// Any thread's.
  boolean idleFor(int seconds) {
    return store.freshness.now() - pulledAt > seconds;
  }

  void abandon() {
    abandoned.run();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      crawler.dumpEnded();
    }
  }
}
