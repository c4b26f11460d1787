package io.scrubjay.engine.lldb;

import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import java.util.List;
import java.util.Locale;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/// Prints the engine's figures: memcached's names where they mean the same, and the settings that
/// are this engine's own.
final class LldbStatistics {
  private static final List<String> DATABASE_FIGURES =
      List.of(
          "estimate-num-keys",
          "estimate-live-data-size",
          "total-sst-files-size",
          "size-all-mem-tables",
          "num-immutable-mem-table",
          "estimate-pending-compaction-bytes",
          "num-running-compactions",
          "num-running-flushes",
          "is-write-stopped");

  private final Store store;

  LldbStatistics(Store store) {
    this.store = store;
  }

  void print(StatisticsGroup group, Database database, StatisticsSink sink) {
    switch (group) {
      case GENERAL -> general(database, sink);
      case SETTINGS -> settings(database, sink);
      // Sizes are never tracked.
      case SIZES -> sink.put("sizes_status", "disabled");
      case ITEMS, SLABS -> {
        // No slab classes, so no rows.
      }
    }
  }

  private void general(Database database, StatisticsSink sink) {
    sink.put("limit_maxbytes", store.options.memoryLimitBytes());
    sink.put("bytes", database.gauges.bytes());
    sink.put("curr_items", database.gauges.items());
    sink.put("total_items", database.stored.sum());
    // Nothing is ever thrown out for want of memory.
    sink.put("evictions", 0);
    sink.put("reclaimed", database.reclaimed.sum());
    for (Database each : store.databases.values()) {
      sink.put("db:" + each.name + ":curr_items", each.gauges.items());
      sink.put("db:" + each.name + ":bytes", each.gauges.bytes());
    }
  }

  /// What RocksDB tells of itself (`stats lldb`).
  void tree(StatisticsSink sink) {
    for (Database database : store.databases.values()) {
      for (String figure : DATABASE_FIGURES) {
        sink.put(
            database.name + ":" + figure.replace('-', '_'),
            store.tree.figure(database.items, "rocksdb." + figure));
      }
    }
    Statistics figures = store.tree.options().figures;
    long written = figures.getTickerCount(TickerType.BYTES_WRITTEN);
    long rewritten =
        figures.getTickerCount(TickerType.COMPACT_WRITE_BYTES)
            + figures.getTickerCount(TickerType.FLUSH_WRITE_BYTES);
    sink.put("block_cache_hits", figures.getTickerCount(TickerType.BLOCK_CACHE_HIT));
    sink.put("block_cache_misses", figures.getTickerCount(TickerType.BLOCK_CACHE_MISS));
    sink.put("block_cache_bytes", store.tree.options().blockCache.getUsage());
    sink.put("bloom_useful", figures.getTickerCount(TickerType.BLOOM_FILTER_USEFUL));
    sink.put("stall_micros", figures.getTickerCount(TickerType.STALL_MICROS));
    sink.put("write_stops", store.stalls.count());
    sink.put("log_syncs", figures.getTickerCount(TickerType.WAL_FILE_SYNCED));
    sink.put("log_bytes", figures.getTickerCount(TickerType.WAL_FILE_BYTES));
    sink.put("bytes_written", written);
    sink.put("bytes_rewritten", rewritten);
    sink.put(
        "write_amplification",
        String.format(Locale.ROOT, "%.2f", written == 0 ? 0.0 : (double) rewritten / written));
    sink.put("draft_bytes", store.draftBytes.usedBytes());
    sink.put("pinned_bytes", store.pinnedBytes.usedBytes());
    sink.put("refuses_writes", store.refuses() ? 1 : 0);
  }

  private void settings(Database database, StatisticsSink sink) {
    LldbSettings settings = store.settings;
    sink.put("oldest", database.freshness.oldest());
    sink.put("data_dir", settings.dataDir().toString());
    sink.put("sync", settings.sync().toString());
    sink.put("max_disk", settings.maxDiskBytes());
    sink.put("databases", String.join(":", store.databases.keySet()));
    sink.put("block_cache", settings.blockCachePercent());
    sink.put("write_buffer", settings.writeBufferBytes());
    sink.put("compression", settings.compression().name().toLowerCase(Locale.ROOT));
    sink.put("bloom_bits", settings.bloomBits());
    sink.put("open_files", settings.openFiles());
  }
}
