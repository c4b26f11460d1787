package io.scrubjay.engine;

/// Walks over an engine's items: crawls that reap the dead, on a thread of the engine's own, and
/// dumps that the asker pulls. One of either kind at a time. Source: spec 2.6, 7.3.
///
/// `classes` is a set of slab classes, bit n for class n; [#ALL_CLASSES] for an engine that has no
/// classes too. Threads: any.
public interface CrawlerControl {
  long ALL_CLASSES = -1L;
  int SLEEP_MICROS_MAX = 1_000_000;

  /// Pulling less often than this ends a dump.
  int DUMP_IDLE_SECONDS_MAX = 1800;

  /// False when it runs already.
  boolean enable();

  /// A crawl under way ends; a dump goes on. Returns when that is so.
  void disable();

  boolean enabled();

  /// Rest between batches, at most [#SLEEP_MICROS_MAX].
  void sleepMicros(int micros);

  /// Items that a crawl looks at in each queue; 0: all.
  void itemsMax(long items);

  CrawlStart crawl(long classes);

  /// `abandoned` is run on any thread when nobody has pulled for [#DUMP_IDLE_SECONDS_MAX]: the
  /// cursor is to be closed then.
  DumpStart dump(long classes, Runnable abandoned);

  /// The same over all items, in the order of the engine's index.
  DumpStart dumpIndex(Runnable abandoned);
}
