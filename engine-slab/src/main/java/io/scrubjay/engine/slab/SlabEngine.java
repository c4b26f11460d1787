package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.LruControl;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.engine.SnapshotControl;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The RAM engine: address space, the store over it, and the threads that look after it.
final class SlabEngine implements Engine {
  private final AddressSpace space;
  private final CacheClock clock;
  private final @Nullable WarmRestart restart;
  private final @Nullable Snapshots snapshots;
  private final ItemStore store;
  private final HashAlgorithm hashing;
  private final IndexGrower grower;
  private final Crawler crawler;
  private final LruMaintainer maintainer;
  private final PacedThread maintainerThread;
  private final LruKnobs knobs;
  private final Turns turns = new Turns();
  private final PageMover mover;
  private final EngineTallies tallies = new EngineTallies();
  private final SlabStatistics statistics;

  /// Errors: `IllegalArgumentException` as well when large pages are wanted and there are none.
  SlabEngine(EngineOptions options, CacheClock clock, EngineEvents events) {
    this(options, clock, events, true);
  }

  /// `threads` false: the maintainer and the crawler take their turns only in [#maintain].
  SlabEngine(EngineOptions options, CacheClock clock, EngineEvents events, boolean threads) {
    SlabSettings given = SlabSettings.of(options.settings());
    var geometry = new SlabGeometry(given.geometry(), options.casEnabled());
    this.clock = clock;
    if (!given.snapshot().isEmpty()) {
      Snapshots.requirePlace(given.snapshot());
    }
    MemoryFile file =
        given.memoryFile().isEmpty()
            ? null
            : MemoryFile.open(given.memoryFile(), options.memoryLimitBytes());
    restart = file == null ? null : WarmRestart.from(file, options, given, events);
    SlabSettings settings = restart == null ? given : restart.settings();
    LruSettings lru = settings.lru();
    IndexSettings indexSettings = settings.index();
    space =
        file == null
            ? AddressSpace.reserve(options.memoryLimitBytes(), geometry, indexSettings)
            : AddressSpace.around(file.region(), geometry, indexSettings);
    try {
      boolean preallocated = file != null || settings.largePages();
      var memory = new ItemMemory(space.items.segment(), geometry, options.casEnabled());
      var index =
          new HashIndex(space.index.segment(), memory, indexSettings.power(), space.powerMax);
      var pool =
          new PagePool(
              options.memoryLimitBytes(), space.items, preallocated, settings.otherBytes());
      if (settings.largePages()) {
        pool.useLargePages();
      }
      store =
          new ItemStore(options, lru, geometry, memory, index, pool, new Freshness(clock), events);
      hashing = indexSettings.algorithm();
      if (restart != null) {
        restart.load(store, hashing, clock);
      }
      grower = new IndexGrower(store, events);
      mover = new PageMover(store, turns, settings.mover(), events);
      crawler = new Crawler(store, lru, events, threads);
      maintainer = new LruMaintainer(store, crawler);
      knobs = new LruKnobs(store, lru.maintainer());
      maintainerThread = new PacedThread("mc-lrumaint", maintainer::turn, events);
      snapshots =
          settings.snapshot().isEmpty()
              ? null
              : new Snapshots(settings.snapshot(), store, clock, events);
      var lruStatistics = new LruStatistics(store, lru, maintainer, crawler);
      statistics = new SlabStatistics(store, settings, mover, tallies, lruStatistics, snapshots);
    } catch (RuntimeException | Error refused) {
      space.close();
      throw refused;
    }
    if (events.verbose()) {
      geometry.lines().forEach(events::notice);
    }
    if (snapshots != null) {
      snapshots.load(() -> openSession(() -> {}));
    }
    grower.start();
    if (restart != null) {
      grower.consider();
    }
    mover.start();
    if (lru.crawler()) {
      crawler.enable();
    }
    if (threads && lru.maintainer()) {
      maintainerThread.start();
    }
  }

  /// The waiter never runs: every answer is given at once.
  @Override
  public Session openSession(Runnable waiter) {
    return new SlabSession(store, hashing, grower, maintainer, turns, tallies);
  }

  @Override
  public Optional<SnapshotControl> snapshots() {
    return Optional.ofNullable(snapshots);
  }

  @Override
  public Optional<SlabControl> slabs() {
    return Optional.of(mover);
  }

  @Override
  public void invalidate(int instant) {
    if (store.freshness.invalidate(instant)) {
      store.reapSince(instant);
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
    stopThreads();
    space.close();
  }

  @Override
  public void closeKeeping() {
    stopThreads();
    if (restart != null) {
      restart.save(store, clock);
    }
    if (snapshots != null) {
      snapshots.saveAtLast();
    }
    space.close();
  }

  private void stopThreads() {
    if (snapshots != null) {
      snapshots.close();
    }
    maintainerThread.close();
    crawler.close();
    mover.close();
    grower.close();
  }
}
