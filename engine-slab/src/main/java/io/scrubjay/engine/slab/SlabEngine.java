package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.LruControl;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import io.scrubjay.memory.Region;
import java.util.Optional;

/// The RAM engine: two regions, the store over them and the thread that grows the index.
final class SlabEngine implements Engine {
  private final Region itemRegion;
  private final Region indexRegion;
  private final ItemStore store;
  private final HashAlgorithm hashing;
  private final IndexGrower grower;
  private final Crawler crawler;
  private final LruMaintainer maintainer;
  private final PacedThread maintainerThread;
  private final LruKnobs knobs;
  private final EngineTallies tallies = new EngineTallies();
  private final SlabStatistics statistics;

  SlabEngine(EngineOptions options, CacheClock clock, EngineEvents events) {
    this(options, clock, events, true);
  }

  /// `threads` false: the maintainer and the crawler take their turns only in [#maintain].
  SlabEngine(EngineOptions options, CacheClock clock, EngineEvents events, boolean threads) {
    SlabSettings settings = SlabSettings.of(options.settings());
    LruSettings lru = settings.lru();
    var geometry = new SlabGeometry(settings.geometry(), options.casEnabled());
    long itemRegionBytes = PagePool.regionBytes(options.memoryLimitBytes());
    long itemsMax = itemRegionBytes / geometry.chunkBytes(1);
    IndexSettings indexSettings = settings.index();
    int powerMax = powerFor(itemsMax, indexSettings);
    itemRegion = Region.reserve(itemRegionBytes);
    try {
      indexRegion = Region.reserve(HashIndex.regionBytes(powerMax, itemsMax));
    } catch (OutOfMemoryError refused) {
      itemRegion.close();
      throw refused;
    }
    var memory = new ItemMemory(itemRegion.segment(), geometry, options.casEnabled());
    var index = new HashIndex(indexRegion.segment(), memory, indexSettings.power(), powerMax);
    var pool = new PagePool(options.memoryLimitBytes(), itemRegionBytes);
    store =
        new ItemStore(options, lru, geometry, memory, index, pool, new Freshness(clock), events);
    hashing = indexSettings.algorithm();
    grower = new IndexGrower(store);
    crawler = new Crawler(store, lru, events, threads);
    maintainer = new LruMaintainer(store, crawler);
    knobs = new LruKnobs(store, lru.maintainer());
    maintainerThread = new PacedThread("mc-lrumaint", maintainer::turn);
    var lruStatistics = new LruStatistics(store, lru, maintainer, crawler);
    statistics = new SlabStatistics(store, settings, tallies, lruStatistics);
    grower.start();
    if (lru.crawler()) {
      crawler.enable();
    }
    if (threads && lru.maintainer()) {
      maintainerThread.start();
    }
  }

  /// The last power that the items could make due.
  private static int powerFor(long itemsMax, IndexSettings settings) {
    int power = settings.power();
    while (settings.expand() && power < IndexSettings.POWER_MAX && itemsMax > (3L << power) / 2) {
      power++;
    }
    return power;
  }

  /// The waiter never runs: every answer is given at once.
  @Override
  public Session openSession(Runnable waiter) {
    return new SlabSession(store, hashing, grower, maintainer, tallies);
  }

  @Override
  public void invalidate(int instant) {
    if (store.freshness.invalidate(instant)) {
      store.reapNewerThan(instant);
    }
  }

  @Override
  public void statistics(StatisticsGroup group, StatisticsSink sink) {
    statistics.print(group, sink);
  }

  @Override
  public void resetStatistics() {
    statistics.reset();
  }

  @Override
  public Optional<LruControl> lru() {
    return Optional.of(knobs);
  }

  @Override
  public Optional<CrawlerControl> crawler() {
    return Optional.of(crawler);
  }

  /// One turn of the maintainer at this time. For tests.
  long maintain(long nowNanos) {
    return maintainer.turn(nowNanos);
  }

  /// The same of the crawler.
  long crawl(long nowNanos) {
    return crawler.turn(nowNanos);
  }

  /// Checks that index, lists and chunks agree. For tests, while nothing else goes on.
  ///
  /// @param chunksOutside chunks that drafts and unlinked pinned items hold
  void validate(long chunksOutside) {
    // Maintainer, then crawler: as the maintainer takes them.
    synchronized (maintainer) {
      synchronized (crawler) {
        new StructureCheck(store).run(chunksOutside);
      }
    }
  }

  @Override
  public void close() {
    maintainerThread.close();
    crawler.close();
    grower.close();
    indexRegion.close();
    itemRegion.close();
  }
}
