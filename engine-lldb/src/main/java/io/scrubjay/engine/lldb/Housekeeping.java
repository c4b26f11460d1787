package io.scrubjay.engine.lldb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;

/// What no request asks for: syncing on time, setting CAS ids aside, watching the disk, sweeping
/// what has died, counting what was found.
///
/// Threads: two of its own, `lldb-sync` and `lldb-upkeep`, or none ([Upkeep#BY_HAND]).
final class Housekeeping implements AutoCloseable {
  private static final int WATCH_MILLIS = 100;
  private static final int SWEEP_MILLIS = 1000;

  private final Store store;
  private final DiskWatch disk;
  private final List<Sweeper> sweepers = new ArrayList<>();
  private final Opened opened = new Opened();

  Housekeeping(Store store, Upkeep kind) {
    this.store = store;
    this.disk = new DiskWatch(store);
    try {
      for (Database database : store.databases.values()) {
        Sweeper sweeper = new Sweeper(store, database);
        opened.add(sweeper::close);
        sweepers.add(sweeper);
      }
      if (kind == Upkeep.BY_HAND) {
        countAll();
      } else {
        startThreads(store.settings.sync());
      }
    } catch (RuntimeException | Error failed) {
      try (opened) {
        throw failed;
      }
    }
  }

  private void startThreads(Sync sync) {
    ScheduledExecutorService upkeep = thread("lldb-upkeep");
    every(upkeep, WATCH_MILLIS, this::watch);
    every(upkeep, SWEEP_MILLIS, this::sweep);
    if (sync.mode() == Sync.Mode.EVERY) {
      every(thread("lldb-sync"), sync.everyMillis(), this::syncOnTime);
    }
  }

  private ScheduledExecutorService thread(String name) {
    ScheduledExecutorService made =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    opened.add(made::close);
    return made;
  }

  /// What the disk refuses is kept in [Store#refuses], and tried again the next time.
  private static void every(ScheduledExecutorService on, int millis, Runnable work) {
    var _ =
        on.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (StoreFailure _) {
                // A request that meets the same failure reports it.
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void syncOnTime() {
    if (store.unsynced) {
      store.unsynced = false;
      try {
        store.gate.await(store.gate.mark());
      } catch (RocksDBException failed) {
        store.unsynced = true;
        throw store.failed("the log can't be synced", failed);
      }
    }
  }

  void watch() {
    disk.look();
    store.casIds.reserveAhead();
  }

  private void countAll() {
    store.databases.values().forEach(each -> each.gauges.count(Long.MAX_VALUE, store));
  }

  /// One bounded step in each database.
  void sweep() {
    sweepers.forEach(Sweeper::step);
  }

  @Override
  public void close() {
    opened.close();
  }
}
