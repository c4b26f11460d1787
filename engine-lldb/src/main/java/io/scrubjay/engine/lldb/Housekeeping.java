package io.scrubjay.engine.lldb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
  private final @Nullable ScheduledExecutorService syncing;
  private final @Nullable ScheduledExecutorService upkeep;

  Housekeeping(Store store, Upkeep kind) {
    this.store = store;
    this.disk = new DiskWatch(store);
    for (Database database : store.databases.values()) {
      sweepers.add(new Sweeper(store, database));
    }
    if (kind == Upkeep.BY_HAND) {
      syncing = null;
      upkeep = null;
      countAll();
      return;
    }
    upkeep = thread("lldb-upkeep");
    every(upkeep, WATCH_MILLIS, this::watch);
    every(upkeep, SWEEP_MILLIS, this::sweep);
    Sync sync = store.settings.sync();
    if (sync.mode() == Sync.Mode.EVERY) {
      syncing = thread("lldb-sync");
      every(syncing, sync.everyMillis(), this::syncOnTime);
    } else {
      syncing = null;
    }
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
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
    if (syncing != null) {
      syncing.close();
    }
    if (upkeep != null) {
      upkeep.close();
    }
    sweepers.forEach(Sweeper::close);
  }
}
