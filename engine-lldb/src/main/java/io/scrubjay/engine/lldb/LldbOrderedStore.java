package io.scrubjay.engine.lldb;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.OrderedStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// One database's keys in order, and the tree's chores. Pages are made by the threads that do cold
/// reads, chores by one of their own, so that a backup holds up neither.
final class LldbOrderedStore implements OrderedStore {
  private final Store store;
  private final Database database;
  private final Chores chores;

  LldbOrderedStore(Store store, Database database) {
    this.store = store;
    this.database = database;
    this.chores = new Chores(store);
  }

  @Override
  public CompletableFuture<Page> scan(
      byte[] prefix, int limit, byte @Nullable [] after, boolean withValues) {
    Setting.require(limit >= 1 && limit <= PAGE_ITEMS_MAX, "limit", limit, "1.." + PAGE_ITEMS_MAX);
    return later(store.coldReads(), () -> page(prefix, limit, after, withValues));
  }

  @Override
  public CompletableFuture<Void> deletePrefix(byte[] prefix) {
    Setting.require(prefix.length > 0, "prefix", "(empty)", "at least one byte");
    return later(
        store.chores(),
        () -> {
          removeAll(prefix);
          return null;
        });
  }

  @Override
  public CompletableFuture<List<String>> chore(List<String> words) {
    return later(store.chores(), () -> chores.run(words));
  }

  /// The tree stays open until `work` is done.
  private <T> CompletableFuture<T> later(Executor executor, Supplier<T> work) {
    int _ = store.sessionOpens();
    try {
      return CompletableFuture.supplyAsync(work, executor)
          .whenComplete((_, _) -> store.sessionCloses());
    } catch (RuntimeException refused) {
      store.sessionCloses();
      throw refused;
    }
  }

  private Page page(byte[] prefix, int limit, byte @Nullable [] after, boolean withValues) {
    List<Item> items = new ArrayList<>();
    NativeBuffer record = new NativeBuffer(BufferPool.BYTES_MIN);
    boolean more = false;
    try (RocksIterator walk = store.tree.walk(database.items)) {
      walk.seek(after == null ? prefix : after);
      if (after != null && walk.isValid() && Arrays.equals(walk.key(), after)) {
        walk.next();
      }
      long bytes = 0;
      for (; walk.isValid() && startsWith(walk.key(), prefix); walk.next()) {
        if (items.size() == limit || bytes > PAGE_BYTES_MAX) {
          more = true;
          break;
        }
        int recordBytes = walk.value(record.first(record.capacity()));
        if (withValues && recordBytes > record.capacity()) {
          record.free();
          record = new NativeBuffer(recordBytes);
          int _ = walk.value(record.first(recordBytes));
        }
        if (database.freshness.judge(record.segment) == Lookup.HIT) {
          Item item = item(walk.key(), record, recordBytes, withValues);
          items.add(item);
          bytes += item.key.length + item.value.length;
        }
      }
    } finally {
      record.free();
    }
    return new Page(items, more);
  }

  private Item item(byte[] key, NativeBuffer record, int recordBytes, boolean withValue) {
    var header = new ItemHeader();
    ItemRecord.fill(header, record.segment, recordBytes, store.clock);
    header.totalBytes = (int) store.totalBytes(key.length, header.clientFlags, header.valueBytes);
    byte[] value = new byte[withValue ? header.valueBytes : 0];
    record
        .first(recordBytes > record.capacity() ? ItemRecord.HEADER_BYTES : recordBytes)
        .position(ItemRecord.HEADER_BYTES)
        .get(value);
    return new Item(key, value, header);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /// A tombstone for the range. Under all stripes, so that nobody who has read an item that goes
  /// writes it back; deadlines that mention what is gone are swept when they come.
  private void removeAll(byte[] prefix) {
    store.stripes.lockAll();
    try {
      store.recentHeaders.forgetAll();
      store.tree.deleteRange(database.items, prefix, behind(prefix));
      database.gauges.recount(store.tree.walk(database.items));
    } catch (RocksDBException failed) {
      throw store.failed("a write failed", failed);
    } finally {
      store.stripes.unlockAll();
    }
    store.commit(store.gate.mark());
  }

  /// The first key behind all that begin with `prefix`; for a prefix of nothing but 255s, one that
  /// is longer than any key.
  private static byte[] behind(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xFF) {
        byte[] end = Arrays.copyOf(prefix, i + 1);
        end[i]++;
        return end;
      }
    }
    byte[] end = new byte[Key.BYTES_MAX + 1];
    Arrays.fill(end, (byte) 0xFF);
    return end;
  }
}
