package io.scrubjay.engine;

import java.util.Optional;

/// A store of items under keys: what the server asks of any engine. No verbs here; what `add` or
/// `incr` means is the server's, composed from a [Session]'s reads, exclusive entries and drafts.
///
/// Threads: every method here may be called from any thread. A [Session] belongs to one. Errors: a
/// client's limits come back as values ([Reserve], [Lookup]); a broken invariant is an
/// `AssertionError`; construction refuses bad options with `IllegalArgumentException` naming them.
/// Ownership: the engine owns all item memory; [#close] ends its threads and gives the memory back,
/// after which no session may be used.
public interface Engine extends AutoCloseable {
  /// The database that an engine shows when nobody asked for another.
  String DEFAULT_DATABASE = "default";

  /// The same engine as seen by who uses the database of this name: its items, its flushes, its
  /// figures. What the view was made from closes it.
  ///
  /// Errors: `IllegalArgumentException` for a name that [EngineProvider#databases] didn't give.
  default Engine database(String name) {
    if (!name.equals(DEFAULT_DATABASE)) {
      throw new IllegalArgumentException("database = " + name + ", must be " + DEFAULT_DATABASE);
    }
    return this;
  }

  /// A session for one worker thread. `waiter` is run on any thread when a [Lookup#PENDING] or
  /// [Reserve] answer of this session may be worth asking again; an engine that always answers at
  /// once never runs it.
  Session openSession(Runnable waiter);

  /// Everything stored or last bumped at or before the server second `instant` is gone once the
  /// clock has reached `instant`; a later call replaces a pending one. When `instant` lies before
  /// now, items stored up to this very call go too, even those of the present second, while a store
  /// that begins after the call survives. When it is 0, before the server's first second, nothing
  /// is that old and nothing goes. Source: spec M-30.
  void invalidate(int instant);

  /// Prints one group of figures under the names a memcached operator knows.
  void statistics(StatisticsGroup group, StatisticsSink sink);

  /// `stats reset`: counters back to zero; gauges stay.
  void resetStatistics();

  /// Empty when items aren't kept in LRU queues.
  default Optional<LruControl> lru() {
    return Optional.empty();
  }

  /// Empty when items can't be walked over.
  default Optional<CrawlerControl> crawler() {
    return Optional.empty();
  }

  /// How to govern slab classes; empty when this engine has none.
  default Optional<SlabControl> slabs() {
    return Optional.empty();
  }

  /// Empty when there is no snapshot to ask for.
  default Optional<SnapshotControl> snapshots() {
    return Optional.empty();
  }

  /// [#close], but what is stored shall be there at the next start, if this engine was told of a
  /// place to keep it. Until the next start nobody else may write there. Trouble is told to
  /// [EngineEvents#notice].
  default void closeKeeping() {
    close();
  }

  /// Empty when keys aren't kept in order.
  default Optional<OrderedStore> ordered() {
    return Optional.empty();
  }

  @Override
  void close();
}
