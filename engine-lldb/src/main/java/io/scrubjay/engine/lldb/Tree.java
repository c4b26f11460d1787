package io.scrubjay.engine.lldb;

import io.scrubjay.engine.CacheClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The one owner of RocksDB's native objects: every call into it goes through here.
///
/// Shape: the column family `default` holds the engine's own facts (CAS ids set aside, flushes,
/// figures at the last clean stop); each named database has two of its own ([Database]).
///
/// Threads: any, until [#close], after which a call would crash the JVM. Who may call when is the
/// [Store]'s to see to. Errors: [StoreFailure].
final class Tree implements AutoCloseable {
  /// What [#getCached] says of a key that it can't tell without the disk.
  static final int UNKNOWN = -2;

  static final int ABSENT = RocksDB.NOT_FOUND;

  private final Path dataDir;
  private final TreeOptions options;
  private final RocksDB rocks;
  private final ColumnFamilyHandle facts;
  private final Map<String, ColumnFamilyHandle> families = new LinkedHashMap<>();
  private final ReadOptions cachedOnly = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private final ReadOptions anywhere = new ReadOptions();
  private final ReadOptions scanning =
      new ReadOptions().setFillCache(false).setTotalOrderSeek(true);
  private final WriteOptions buffered = new WriteOptions();

  private Tree(Path dataDir, TreeOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles)
      throws RocksDBException {
    this.dataDir = dataDir;
    this.options = options;
    this.rocks = rocks;
    this.facts = handles.getFirst();
    for (ColumnFamilyHandle handle : handles) {
      families.put(new String(handle.getName(), StandardCharsets.UTF_8), handle);
    }
  }

  /// Before any other class of RocksDB's is used.
  static void loadLibrary() {
    RocksDB.loadLibrary();
  }

  /// Opens what `directory` holds, and makes the databases of `names` that are not there yet.
  static Tree open(
      DataDirectory directory,
      LldbSettings settings,
      long memoryLimitBytes,
      Set<String> names,
      List<AbstractEventListener> listeners) {
    TreeOptions options = new TreeOptions(settings, memoryLimitBytes, directory, listeners);
    try {
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      String path = directory.database().toString();
      RocksDB rocks =
          RocksDB.open(options.database, path, descriptors(directory, names, options), handles);
      return new Tree(directory.root(), options, rocks, handles);
    } catch (RocksDBException failed) {
      options.close();
      throw new StoreFailure(directory.root(), "can't be opened", failed);
    }
  }

  private static List<ColumnFamilyDescriptor> descriptors(
      DataDirectory directory, Set<String> names, TreeOptions options) throws RocksDBException {
    Set<String> families = new LinkedHashSet<>();
    families.add("default");
    if (!directory.isNew()) {
      try (Options plain = new Options()) {
        for (byte[] known : RocksDB.listColumnFamilies(plain, directory.database().toString())) {
          families.add(new String(known, StandardCharsets.UTF_8));
        }
      }
    }
    for (String name : names) {
      families.add(Database.ITEMS_PREFIX + name);
      families.add(Database.DEADLINES_PREFIX + name);
    }
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (String family : families) {
      ColumnFamilyOptions kind =
          family.startsWith(Database.ITEMS_PREFIX) ? options.items : options.small;
      descriptors.add(new ColumnFamilyDescriptor(family.getBytes(StandardCharsets.UTF_8), kind));
    }
    return descriptors;
  }

  Database database(String name, int number, CacheClock clock) {
    ColumnFamilyHandle items = families.get(Database.ITEMS_PREFIX + name);
    ColumnFamilyHandle deadlines = families.get(Database.DEADLINES_PREFIX + name);
    if (items == null || deadlines == null) {
      throw new AssertionError("database " + name + " was not opened");
    }
    var database =
        new Database(name, number, items, deadlines, clock, fact(Database.flushKey(name)));
    database.gauges.estimate(
        figure(items, "rocksdb.estimate-num-keys"),
        figure(items, "rocksdb.estimate-live-data-size"));
    database.gauges.recount(walk(items));
    return database;
  }

  TreeOptions options() {
    return options;
  }

  // ---- items: keys and values where they lie

  /// The length of the value, of which `value` holds what fits; [#ABSENT]; or [#UNKNOWN].
  int getCached(ColumnFamilyHandle family, ByteBuffer key, ByteBuffer value) {
    try {
      return rocks.get(family, cachedOnly, key, value);
    } catch (RocksDBException failed) {
      Status status = failed.getStatus();
      if (status != null && status.getCode() == Status.Code.Incomplete) {
        return UNKNOWN;
      }
      throw new StoreFailure(dataDir, "a read failed", failed);
    }
  }

  /// The same, with a look at the disk if need be.
  int get(ColumnFamilyHandle family, ByteBuffer key, ByteBuffer value) {
    try {
      return rocks.get(family, anywhere, key, value);
    } catch (RocksDBException failed) {
      throw new StoreFailure(dataDir, "a read failed", failed);
    }
  }

  void put(ColumnFamilyHandle family, ByteBuffer key, ByteBuffer value) throws RocksDBException {
    rocks.put(family, buffered, key, value);
  }

  void delete(ColumnFamilyHandle family, ByteBuffer key) throws RocksDBException {
    rocks.delete(family, buffered, key);
  }

  void write(WriteBatch batch) throws RocksDBException {
    rocks.write(buffered, batch);
  }

  /// Removes all keys from `from` on, below `to`.
  void deleteRange(ColumnFamilyHandle family, byte[] from, byte[] to) throws RocksDBException {
    rocks.deleteRange(family, buffered, from, to);
  }

  /// A walk that leaves the block cache as it is. To be closed before the tree.
  RocksIterator walk(ColumnFamilyHandle family) {
    return rocks.newIterator(family, scanning);
  }

  // ---- the log

  /// Hands the log to the operating system, or, with `sync`, to the disk.
  void flushLog(boolean sync) throws RocksDBException {
    rocks.flushWal(sync);
  }

  // ---- facts

  /// The fact under `key`; empty when there is none.
  byte[] fact(byte[] key) {
    try {
      byte[] value = rocks.get(facts, anywhere, key);
      return value == null ? new byte[0] : value;
    } catch (RocksDBException failed) {
      throw new StoreFailure(dataDir, "a fact can't be read", failed);
    }
  }

  /// Returns when the fact, and all that was written before it, is on disk.
  void saveFact(byte[] key, byte[] value) {
    try {
      rocks.put(facts, buffered, key, value);
      rocks.flushWal(true);
    } catch (RocksDBException failed) {
      throw new StoreFailure(dataDir, "a fact can't be saved", failed);
    }
  }

  // ---- figures and upkeep, for the control plane

  long figure(ColumnFamilyHandle family, String property) {
    try {
      return rocks.getLongProperty(family, property);
    } catch (RocksDBException failed) {
      throw new StoreFailure(dataDir, "a property can't be read", failed);
    }
  }

  /// Empty when RocksDB knows no such property.
  String property(ColumnFamilyHandle family, String name) {
    try {
      String value = rocks.getProperty(family, name);
      return value == null ? "" : value;
    } catch (RocksDBException _) {
      return "";
    }
  }

  RocksDB rocks() {
    return rocks;
  }

  Iterable<ColumnFamilyHandle> families() {
    return families.values();
  }

  @Override
  public void close() {
    RocksDBException failure = null;
    try {
      rocks.flushWal(true);
    } catch (RocksDBException failed) {
      failure = failed;
    }
    families.values().forEach(ColumnFamilyHandle::close);
    rocks.close();
    cachedOnly.close();
    anywhere.close();
    scanning.close();
    buffered.close();
    options.close();
    if (failure != null) {
      throw new StoreFailure(dataDir, "the last writes can't be synced", failure);
    }
  }
}
