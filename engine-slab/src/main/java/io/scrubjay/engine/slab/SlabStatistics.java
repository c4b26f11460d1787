package io.scrubjay.engine.slab;

import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.engine.StatisticsSink;
import io.scrubjay.engine.Tally;
import io.scrubjay.engine.slab.LruList.Count;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prints the engine's figures under memcached's names (spec 2.8). Summed when asked for, so they
/// are each right but not all of one moment.
final class SlabStatistics {
  private final ItemStore store;
  private final SlabSettings settings;
  private final PageMover mover;
  private final EngineTallies tallies;
  private final LruStatistics lru;
  private final @Nullable Snapshots snapshots;

  SlabStatistics(
      ItemStore store,
      SlabSettings settings,
      PageMover mover,
      EngineTallies tallies,
      LruStatistics lru,
      @Nullable Snapshots snapshots) {
    this.store = store;
    this.settings = settings;
    this.mover = mover;
    this.tallies = tallies;
    this.lru = lru;
    this.snapshots = snapshots;
  }

  void print(StatisticsGroup group, StatisticsSink sink) {
    switch (group) {
      case GENERAL -> general(sink);
      case SETTINGS -> settings(sink);
      case ITEMS -> lru.items(sink, tallies.sums());
      case SLABS -> slabs(sink);
      case SIZES -> lru.sizes(sink);
    }
  }

  void reset() {
    tallies.reset();
    mover.resetCounts();
    lru.reset();
  }

  private void general(StatisticsSink sink) {
    sink.put("limit_maxbytes", store.pool.limitBytes());
    IndexSettings index = settings.index();
    sink.put("hash_power_level", index.powerLevel(store.index));
    sink.put("hash_bytes", store.index.bytes());
    sink.put("hash_is_expanding", index.expand() && store.index.expanding() ? 1 : 0);
    mover.printCounts(sink);
    lru.threads(sink);
    // All memory is mapped at the start: there is no allocation that could fail later.
    sink.put("malloc_fails", 0);
    sink.put("bytes", store.lists.bytes());
    sink.put("curr_items", store.lists.items());
    sink.put("total_items", store.lists.counted(Count.LINKED));
    sink.put("slab_global_page_pool", store.pool.freePages());
    lru.general(sink);
    if (snapshots != null) {
      snapshots.print(sink);
    }
  }

  private void settings(StatisticsSink sink) {
    sink.put("maxbytes", store.pool.limitBytes());
    sink.put("oldest", Integer.toUnsignedLong(store.freshness.oldest()));
    sink.put(
        "growth_factor", String.format(Locale.ROOT, "%.2f", settings.geometry().growthFactor()));
    sink.put("chunk_size", settings.geometry().chunkBytes());
    sink.put("hashpower_init", settings.index().powerInitial());
    mover.printSettings(sink);
    sink.put("slab_chunk_max", settings.geometry().slabChunkMaxBytes());
    sink.put("hash_algorithm", settings.index().algorithm().settingsName());
    sink.put("memory_file", settings.memoryFile().isEmpty() ? "(null)" : settings.memoryFile());
    lru.settings(sink);
  }

  private void slabs(StatisticsSink sink) {
    long[] sums = tallies.sums();
    int active = 0;
    for (int slabClass = 1; slabClass <= store.geometry.largest(); slabClass++) {
      SlabClass slab = store.slab(slabClass);
      int pages = slab.pages();
      if (pages == 0) {
        continue;
      }
      active++;
      String prefix = slabClass + ":";
      sink.put(prefix + "chunk_size", slab.chunkBytes());
      sink.put(prefix + "chunks_per_page", slab.chunksPerPage());
      sink.put(prefix + "total_pages", pages);
      sink.put(prefix + "total_chunks", (long) pages * slab.chunksPerPage());
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
