package io.scrubjay.engine.slab;

import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import io.scrubjay.engine.Tally;
import io.scrubjay.engine.slab.LruList.Count;
import java.util.Locale;

/// Prints the engine's figures under memcached's names (spec 2.8). Summed when asked for, so they
/// are each right but not all of one moment.
final class SlabStatistics {
  private final ItemStore store;
  private final SlabSettings settings;
  private final EngineTallies tallies;

  SlabStatistics(ItemStore store, SlabSettings settings, EngineTallies tallies) {
    this.store = store;
    this.settings = settings;
    this.tallies = tallies;
  }

  void print(StatisticsGroup group, StatisticsSink sink) {
    switch (group) {
      case GENERAL -> general(sink);
      case SETTINGS -> settings(sink);
      case ITEMS -> items(sink);
      case SLABS -> slabs(sink);
      case SIZES -> sink.put("sizes_status", "disabled");
    }
  }

  void reset() {
    tallies.reset();
    for (int slabClass = 1; slabClass <= store.geometry.largest(); slabClass++) {
      store.list(slabClass).resetCounts();
    }
  }

  private long sum(Count what) {
    long sum = 0;
    for (int slabClass = 1; slabClass <= store.geometry.largest(); slabClass++) {
      sum += store.list(slabClass).counted(what);
    }
    return sum;
  }

  private void general(StatisticsSink sink) {
    long bytes = 0;
    for (int slabClass = 1; slabClass <= store.geometry.largest(); slabClass++) {
      bytes += store.list(slabClass).bytes();
    }
    sink.put("limit_maxbytes", store.pool.limitBytes());
    sink.put("hash_power_level", store.index.power());
    sink.put("hash_bytes", store.index.bytes());
    sink.put("hash_is_expanding", store.index.expanding() ? 1 : 0);
    // All memory is mapped at the start: there is no allocation that could fail later.
    sink.put("malloc_fails", 0);
    sink.put("bytes", bytes);
    sink.put("curr_items", store.items());
    sink.put("total_items", sum(Count.LINKED));
    sink.put("slab_global_page_pool", store.pool.freePages());
    sink.put("expired_unfetched", sum(Count.EXPIRED_UNFETCHED));
    sink.put("evicted_unfetched", sum(Count.EVICTED_UNFETCHED));
    sink.put("evicted_active", sum(Count.EVICTED_ACTIVE));
    sink.put("evictions", sum(Count.EVICTED));
    sink.put("reclaimed", sum(Count.RECLAIMED));
    sink.put("lrutail_reflocked", sum(Count.TAIL_REFLOCKED));
    sink.put("moves_within_lru", sum(Count.MOVED_WITHIN));
    sink.put("direct_reclaims", sum(Count.DIRECT_RECLAIMS));
  }

  private void settings(StatisticsSink sink) {
    sink.put("oldest", Integer.toUnsignedLong(store.freshness.oldest()));
    sink.put(
        "growth_factor", String.format(Locale.ROOT, "%.2f", settings.geometry().growthFactor()));
    sink.put("chunk_size", settings.geometry().chunkBytes());
    sink.put("hashpower_init", settings.index().powerInitial());
    sink.put("slab_reassign", "no");
    sink.put("slab_automove", 0);
    sink.put("slab_chunk_max", settings.geometry().slabChunkMaxBytes());
    sink.put("lru_crawler", "no");
    sink.put("hash_algorithm", settings.index().algorithm().settingsName());
    sink.put("lru_maintainer_thread", "no");
    sink.put("lru_segmented", "no");
  }

  private void items(StatisticsSink sink) {
    int now = store.freshness.now();
    for (int slabClass = 1; slabClass <= store.geometry.largest(); slabClass++) {
      LruList list = store.list(slabClass);
      if (list.items() == 0) {
        continue;
      }
      String prefix = "items:" + slabClass + ":";
      sink.put(prefix + "number", list.items());
      sink.put(prefix + "age", Math.max(0, now - list.tailTime(now)));
      sink.put(prefix + "mem_requested", list.bytes());
      sink.put(prefix + "evicted", list.counted(Count.EVICTED));
      sink.put(prefix + "evicted_nonzero", list.counted(Count.EVICTED_NONZERO));
      sink.put(prefix + "evicted_time", list.lastEvictedIdleSeconds());
      sink.put(prefix + "outofmemory", list.counted(Count.OUT_OF_MEMORY));
      sink.put(prefix + "reclaimed", list.counted(Count.RECLAIMED));
      sink.put(prefix + "expired_unfetched", list.counted(Count.EXPIRED_UNFETCHED));
      sink.put(prefix + "evicted_unfetched", list.counted(Count.EVICTED_UNFETCHED));
      sink.put(prefix + "evicted_active", list.counted(Count.EVICTED_ACTIVE));
      sink.put(prefix + "lrutail_reflocked", list.counted(Count.TAIL_REFLOCKED));
      sink.put(prefix + "moves_within_lru", list.counted(Count.MOVED_WITHIN));
      sink.put(prefix + "direct_reclaims", list.counted(Count.DIRECT_RECLAIMS));
    }
  }

  private void slabs(StatisticsSink sink) {
    long[] sums = tallies.sums();
    int active = 0;
    for (int slabClass = 1; slabClass <= store.geometry.largest(); slabClass++) {
      SlabClass slab = store.slab(slabClass);
      long pages = slab.pages();
      if (pages == 0) {
        continue;
      }
      active++;
      String prefix = slabClass + ":";
      sink.put(prefix + "chunk_size", slab.chunkBytes());
      sink.put(prefix + "chunks_per_page", slab.chunksPerPage());
      sink.put(prefix + "total_pages", pages);
      sink.put(prefix + "total_chunks", pages * slab.chunksPerPage());
      sink.put(prefix + "used_chunks", slab.usedChunks());
      sink.put(prefix + "free_chunks", slab.freeChunks());
      sink.put(prefix + "free_chunks_end", 0);
      for (Tally event : Tally.values()) {
        String name = event.name().toLowerCase(Locale.ROOT);
        sink.put(prefix + name, EngineTallies.of(sums, slabClass, event));
      }
    }
    sink.put("active_slabs", active);
    sink.put("total_malloced", store.pool.takenBytes());
  }
}
