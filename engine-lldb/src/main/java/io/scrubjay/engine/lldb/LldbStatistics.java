package io.scrubjay.engine.lldb;

import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import java.util.Locale;

/// Prints the engine's figures: memcached's names where they mean the same, and the settings that
/// are this engine's own.
final class LldbStatistics {
  private final Store store;

  LldbStatistics(Store store) {
    this.store = store;
  }

  void print(StatisticsGroup group, Database database, StatisticsSink sink) {
    switch (group) {
      case GENERAL -> general(database, sink);
      case SETTINGS -> settings(database, sink);
      case ITEMS, SLABS, SIZES -> {
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
