package io.scrubjay.testkit;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An engine that is obviously right: a map from key to item under one lock, oldest stored first to
/// go. It counts sizes as memcached does, so that it refuses what the RAM engine refuses.
///
/// To try callers' patience it can answer [Lookup#PENDING] at random moments; it then gives the
/// session's waiter to an executor that the test chose. Threads: any.
public final class ModelEngine implements Engine {
  private static final int HEADER_BYTES = 48;
  private static final int CAS_BYTES = 8;
  private static final int CLIENT_FLAGS_BYTES = 4;
  private static final int TERMINATORS_BYTES = 3;

  final EngineOptions options;
  final CacheClock clock;
  private final EngineEvents events;
  final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ModelItem> items = new LinkedHashMap<>();
  private final Map<String, ModelEngine> others = new ConcurrentHashMap<>();
  private final @Nullable Patience patience;
  private long lastCas = 1;
  private int epoch;
  private int flushedUntil;
  private int pendingFlush;
  private long bytes;
  private long totalItems;
  private long evictions;

  private record Patience(RandomGenerator random, double pendingShare, Executor waiters) {}

  /// Always answers at once.
  public ModelEngine(EngineOptions options, CacheClock clock, EngineEvents events) {
    this(options, clock, events, null);
  }

  /// Answers [Lookup#PENDING] in `pendingShare` (0 to 1) of all lookups, and has the waiter run by
  /// `waiters` each time.
  public ModelEngine(
      EngineOptions options,
      CacheClock clock,
      EngineEvents events,
      RandomGenerator random,
      double pendingShare,
      Executor waiters) {
    this(options, clock, events, new Patience(random, pendingShare, waiters));
  }

  private ModelEngine(
      EngineOptions options, CacheClock clock, EngineEvents events, @Nullable Patience patience) {
    this.options = options;
    this.clock = clock;
    this.events = events;
    this.patience = patience;
  }

  /// As many as are asked for; each is a model of its own.
  @Override
  public Engine database(String name) {
    return name.equals(DEFAULT_DATABASE)
        ? this
        : others.computeIfAbsent(name, _ -> new ModelEngine(options, clock, events, patience));
  }

  @Override
  public Session openSession(Runnable waiter) {
    return new ModelSession(this, waiter);
  }

  @Override
  public void invalidate(int instant) {
    lock.lock();
    try {
      int now = clock.now();
      if (pendingFlush <= now) {
        flushedUntil = Math.max(flushedUntil, pendingFlush);
      }
      pendingFlush = instant;
      if (instant != 0 && instant < now) {
        epoch++;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void statistics(StatisticsGroup group, StatisticsSink sink) {
    lock.lock();
    try {
      switch (group) {
        case GENERAL -> {
          sink.put("limit_maxbytes", options.memoryLimitBytes());
          sink.put("bytes", bytes);
          sink.put("curr_items", items.size());
          sink.put("total_items", totalItems);
          sink.put("evictions", evictions);
        }
        case SETTINGS, ITEMS, SLABS, SIZES -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void resetStatistics() {
    lock.lock();
    try {
      totalItems = 0;
      evictions = 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {}

  // ---- for sessions, under the lock

  boolean answersPending(Runnable waiter) {
    if (patience == null || patience.random.nextDouble() >= patience.pendingShare) {
      return false;
    }
    patience.waiters.execute(waiter);
    return true;
  }

  static String name(Key key) {
    byte[] copy = key.segment().asSlice(key.offset(), key.length()).toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, StandardCharsets.ISO_8859_1);
  }

  @Nullable ModelItem find(String name) {
    return items.get(name);
  }

  Lookup judge(@Nullable ModelItem item) {
    if (item == null) {
      return Lookup.MISS;
    }
    int now = clock.now();
    if (item.epoch != epoch
        || item.lastAccess <= flushedUntil
        || (pendingFlush <= now && item.lastAccess <= pendingFlush)) {
      return Lookup.FLUSHED;
    }
    return item.deadline != 0 && item.deadline <= now ? Lookup.EXPIRED : Lookup.HIT;
  }

  long totalBytes(int keyBytes, int clientFlags, long valueBytes) {
    return HEADER_BYTES
        + (options.casEnabled() ? CAS_BYTES : 0)
        + keyBytes
        + (clientFlags != 0 ? CLIENT_FLAGS_BYTES : 0)
        + valueBytes
        + TERMINATORS_BYTES;
  }

  long nextCas(long wanted) {
    if (!options.casEnabled()) {
      return 0;
    }
    return wanted != 0 ? wanted : ++lastCas;
  }

  /// Whether there is room for `needed` bytes now, having evicted anything but `kept` for it.
  boolean makeRoom(long needed, @Nullable String kept) {
    while (bytes + needed > options.memoryLimitBytes()) {
      String victim = null;
      for (var candidate : items.entrySet()) {
        boolean dead = judge(candidate.getValue()) != Lookup.HIT;
        if (!candidate.getKey().equals(kept) && (dead || options.evictions())) {
          victim = candidate.getKey();
          break;
        }
      }
      if (victim == null) {
        return false;
      }
      evictions++;
      tell(victim);
      remove(victim);
    }
    return true;
  }

  private void tell(String victim) {
    ModelItem item = find(victim);
    if (item != null && events.watchesEvictions()) {
      byte[] name = victim.getBytes(StandardCharsets.ISO_8859_1);
      ItemHeader header = new ItemHeader();
      item.fill(header);
      events.evicted(new Key().at(MemorySegment.ofArray(name), 0, name.length), header);
    }
  }

  void put(String name, ModelItem item) {
    remove(name);
    item.epoch = epoch;
    item.lastAccess = clock.now();
    items.put(name, item);
    bytes += item.totalBytes;
    totalItems++;
  }

  void remove(String name) {
    ModelItem removed = items.remove(name);
    if (removed != null) {
      bytes -= removed.totalBytes;
    }
  }
}
