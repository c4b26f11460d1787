package io.scrubjay.engine.lldb;

import static java.util.Objects.requireNonNull;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.OrderedStore;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The persistent engine: a [Store] seen through one of its databases.
///
/// Threads: any.
final class LldbEngine implements Engine {
  private final Store store;
  private final Database database;

  /// Null in a view of another database, which so closes nothing.
  private final @Nullable Housekeeping housekeeping;

  private final LldbStatistics statistics;
  private final LldbOrderedStore ordered;

  private LldbEngine(Store store, String database, @Nullable Housekeeping housekeeping) {
    this.store = store;
    this.database = store.database(database);
    this.housekeeping = housekeeping;
    this.statistics = new LldbStatistics(store);
    this.ordered = new LldbOrderedStore(store, this.database);
  }

  /// Errors: `IllegalArgumentException` for settings and directories that can't be, [StoreFailure]
  /// for data that can't be opened.
  static LldbEngine open(
      EngineOptions options, LldbSettings settings, CacheClock clock, Upkeep upkeep) {
    Store store = new Store(options, settings, clock, upkeep);
    try {
      return new LldbEngine(store, DEFAULT_DATABASE, new Housekeeping(store, upkeep));
    } catch (RuntimeException | Error failed) {
      store.close();
      throw failed;
    }
  }

  @Override
  public Engine database(String name) {
    return name.equals(database.name) ? this : new LldbEngine(store, name, null);
  }

  @Override
  public Session openSession(Runnable waiter) {
    return new LldbSession(store, database, store.coldReads(), waiter);
  }

  @Override
  public void invalidate(int instant) {
    store.whileOpen(
        () ->
            database.freshness.invalidate(
                instant, state -> store.tree.saveFact(database.flushKey(), state)));
  }

  @Override
  public void statistics(StatisticsGroup group, StatisticsSink sink) {
    store.whileOpen(() -> statistics.print(group, database, sink));
  }

  @Override
  public void resetStatistics() {
    store.databases.values().forEach(Database::resetCounters);
  }

  @Override
  public Optional<OrderedStore> ordered() {
    return Optional.of(ordered);
  }

  @Override
  public void close() {
    if (housekeeping != null) {
      housekeeping.close();
      store.close();
    }
  }

  // ---- for tests

  Store store() {
    return store;
  }

  Housekeeping housekeeping() {
    return requireNonNull(housekeeping);
  }
}
