package io.scrubjay.engine.lldb;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.EngineOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// What all sessions share: the tree, the databases in it, CAS ids, stripes, budgets, and the
/// threads for cold reads.
///
/// Closing is counted, since a call into a closed tree would crash the JVM: the tree is closed when
/// [#close] was called and the last session is closed, whichever comes last. A session refuses
/// calls after its own end, which costs a branch on a plain field; everybody else takes the monitor
/// ([#whileOpen]).
///
/// Threads: any.
final class Store {
  private static final byte[] CAS_FACT = "cas".getBytes(StandardCharsets.US_ASCII);
  private static final int COLD_READERS = 4;
  private static final int ITEM_HEADER_BYTES = 48;

  /// A zero byte behind the key, CR LF behind the value.
  private static final int TERMINATORS_BYTES = 3;

  private static final int PIN_BYTES_MIN = 1 << 10;

  final EngineOptions options;
  final LldbSettings settings;
  final CacheClock clock;
  final Tree tree;
  final CasIds casIds;
  final SyncGate gate;
  final Accesses accesses;
  final RecentHeaders recentHeaders;
  final Stripes stripes = new Stripes();
  final WriteStalls stalls;
  final MemoryBudget draftBytes;
  final MemoryBudget pinnedBytes;
  final Map<String, Database> databases = new LinkedHashMap<>();
  private final Opened opened = new Opened();
  private final @Nullable ExecutorService coldReaders;
  private final ExecutorService chores =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lldb-chore").factory());
  private final AtomicInteger sessionNumbers = new AtomicInteger();
  private int openSessions;
  private boolean closing;
  private boolean closed;

  /// Why nothing is stored at the moment; null: it is.
  private volatile @Nullable String refusal;

  /// Something was written since the last sync on time.
  volatile boolean unsynced;

  Store(EngineOptions options, LldbSettings settings, CacheClock clock, Upkeep upkeep) {
    this.options = options;
    this.settings = settings;
    this.clock = clock;
    DataDirectory directory = DataDirectory.open(settings.dataDir(), settings.walDir());
    opened.add(directory::close);
    try {
      Tree.loadLibrary();
      stalls = new WriteStalls();
      opened.add(stalls::close);
      recentHeaders = new RecentHeaders(options.memoryLimitBytes());
      opened.add(recentHeaders::close);
      Set<String> names = settings.databaseNames();
      tree = Tree.open(directory, settings, options.memoryLimitBytes(), names, List.of(stalls));
      opened.add(tree::close);
      casIds = new CasIds(savedCas(), this::saveCas);
      for (String name : names) {
        Database database = tree.database(name, databases.size(), clock);
        opened.add(database.gauges::close);
        databases.put(name, database);
      }
      if (directory.isNew()) {
        directory.markFormat();
      }
      gate = new SyncGate(() -> tree.flushLog(true));
      accesses = new Accesses(options.memoryLimitBytes());
      long itemsAtOnce = 2L * options.itemBytesMax();
      draftBytes = new MemoryBudget(Math.max(options.memoryLimitBytes() / 4, itemsAtOnce));
      pinnedBytes = new MemoryBudget(Math.max(options.memoryLimitBytes() / 4, itemsAtOnce));
      coldReaders =
          upkeep == Upkeep.BY_HAND
              ? null
              : Executors.newFixedThreadPool(
                  COLD_READERS, Thread.ofPlatform().daemon().name("lldb-read-", 0).factory());
    } catch (RuntimeException | Error failed) {
      try (opened) {
        throw failed;
      }
    }
  }

  private long savedCas() {
    byte[] saved = tree.fact(CAS_FACT);
    // As memcached's, whose first item gets 2.
    return saved.length == 0 ? 1 : ByteBuffer.wrap(saved).getLong();
  }

  private void saveCas(long upTo) {
    tree.saveFact(CAS_FACT, ByteBuffer.allocate(Long.BYTES).putLong(upTo).array());
  }

  /// Where cold reads are done.
  Executor coldReads() {
    return coldReaders == null ? Runnable::run : coldReaders;
  }

  /// Where what takes long is done, one after the other.
  Executor chores() {
    return chores;
  }

  Database database(String name) {
    Database known = databases.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "database = " + name + ", must be one of " + databases.keySet());
    }
    return known;
  }

  synchronized int sessionOpens() {
    if (closing) {
      throw new IllegalStateException("the engine is closed");
    }
    openSessions++;
    return sessionNumbers.incrementAndGet();
  }

  void sessionCloses() {
    boolean last;
    synchronized (this) {
      openSessions--;
      last = closing && openSessions == 0;
    }
    if (last) {
      closeTree();
    }
  }

  /// Runs `work` unless the tree is closed, and keeps it open meanwhile.
  void whileOpen(Runnable work) {
    int _ = sessionOpens();
    try {
      work.run();
    } finally {
      sessionCloses();
    }
  }

  /// Ends the turn of a session that has written: nothing it replied may leave before.
  void commit(long mark) {
    try {
      switch (settings.sync().mode()) {
        case ALWAYS -> gate.await(mark);
        case EVERY -> {
          tree.flushLog(false);
          if (!unsynced) {
            unsynced = true;
          }
        }
        case OS -> tree.flushLog(false);
      }
    } catch (RocksDBException failed) {
      throw failed("the turn's writes can't be logged", failed);
    }
  }

  /// Stores nothing more until [#accept]: the disk refused a write.
  StoreFailure failed(String what, RocksDBException cause) {
    refusal = what;
    return new StoreFailure(settings.dataDir(), what, cause);
  }

  boolean refuses() {
    return refusal != null;
  }

  void refuse(String why) {
    refusal = why;
  }

  void accept() {
    refusal = null;
  }

  /// An item's size as memcached accounts for it, so that the same items are too large (spec M-01).
  long totalBytes(int keyBytes, int clientFlags, long valueBytes) {
    return ITEM_HEADER_BYTES
        + (options.casEnabled() ? Long.BYTES : 0)
        + keyBytes
        + (clientFlags != 0 ? Integer.BYTES : 0)
        + valueBytes
        + TERMINATORS_BYTES;
  }

  static long pinCost(int valueBytes) {
    return Math.max(PIN_BYTES_MIN, valueBytes);
  }

  /// No more sessions; the tree is closed with the last.
  void close() {
    boolean last;
    synchronized (this) {
      last = !closing && openSessions == 0;
      closing = true;
    }
    if (last) {
      closeTree();
    }
  }

  private void closeTree() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    // The last session may have been closed by one of these very threads: they are only told.
    if (coldReaders != null) {
      coldReaders.shutdown();
    }
    chores.shutdown();
    // A full disk fails any of these; the lock is given back all the same.
    try (opened) {
      saveCas(casIds.last());
    }
  }
}
