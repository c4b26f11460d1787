package io.scrubjay.engine.lldb;

import io.scrubjay.engine.CacheClock;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.ColumnFamilyHandle;

/// One named database: a column family of items by key, and one that lists those with a deadline in
/// the order in which they die (four bytes of Unix seconds, big-endian, then the key; no value).
///
/// Threads: any. Owner: the [Store], which closes the handles.
final class Database {
  static final String ITEMS_PREFIX = "items.";
  static final String DEADLINES_PREFIX = "deadlines.";
  static final int DEADLINE_BYTES = 4;

  final String name;

  /// Tells it from the others while the store is open.
  final int number;

  final ColumnFamilyHandle items;
  final ColumnFamilyHandle deadlines;
  final Freshness freshness;
  final Gauges gauges = new Gauges();
  final LongAdder stored = new LongAdder();
  final LongAdder reclaimed = new LongAdder();

  Database(
      String name,
      int number,
      ColumnFamilyHandle items,
      ColumnFamilyHandle deadlines,
      CacheClock clock,
      byte[] flush) {
    this.name = name;
    this.number = number;
    this.items = items;
    this.deadlines = deadlines;
    this.freshness = new Freshness(clock, flush);
  }

  /// Where the flush state is kept in the column family of facts.
  byte[] flushKey() {
    return flushKey(name);
  }

  static byte[] flushKey(String name) {
    return ("flush." + name).getBytes(StandardCharsets.US_ASCII);
  }

  void resetCounters() {
    stored.reset();
    reclaimed.reset();
  }
}
