package io.scrubjay.engine.lldb;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/// How much one database holds: what a count over a snapshot found, and what has changed since the
/// snapshot. The count is done in steps; until it is through, an estimate stands in for it.
///
/// Threads: [#changed] and the figures any; counting takes the monitor. Owner: [#close] gives the
/// snapshot back.
final class Gauges implements AutoCloseable {
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final NativeBuffer header = new NativeBuffer(ItemRecord.HEADER_BYTES);
  private @Nullable RocksIterator counting;
  private long countedItems;
  private long countedBytes;
  private volatile long itemsBase;
  private volatile long bytesBase;

  void estimate(long itemsThen, long bytesThen) {
    itemsBase = itemsThen;
    bytesBase = bytesThen;
  }

  /// Begins anew with the snapshot that `walk` is of. Nothing may be changed meanwhile.
  synchronized void recount(RocksIterator walk) {
    stop();
    itemsBase = items();
    bytesBase = bytes();
    items.reset();
    bytes.reset();
    countedItems = 0;
    countedBytes = 0;
    walk.seekToFirst();
    counting = walk;
  }

  /// Counts at most `most` records more.
  synchronized void count(long most, Store store) {
    RocksIterator walk = counting;
    if (walk == null) {
      return;
    }
    for (long i = 0; i < most && walk.isValid(); i++, walk.next()) {
      int recordBytes = walk.value(header.first(ItemRecord.HEADER_BYTES));
      countedItems++;
      countedBytes +=
          store.totalBytes(
              walk.key().length,
              ItemRecord.clientFlags(header.segment),
              recordBytes - (long) ItemRecord.HEADER_BYTES);
    }
    if (!walk.isValid()) {
      itemsBase = countedItems;
      bytesBase = countedBytes;
      stop();
    }
  }

  private void stop() {
    RocksIterator walk = counting;
    if (walk != null) {
      walk.close();
      counting = null;
    }
  }

  void changed(int itemsBy, long bytesBy) {
    if (itemsBy != 0) {
      items.add(itemsBy);
    }
    bytes.add(bytesBy);
  }

  long items() {
    return Math.max(0, itemsBase + items.sum());
  }

  long bytes() {
    return Math.max(0, bytesBase + bytes.sum());
  }

  @Override
  public synchronized void close() {
    stop();
    header.free();
  }
}
