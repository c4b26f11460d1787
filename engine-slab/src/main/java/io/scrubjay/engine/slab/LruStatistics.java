package io.scrubjay.engine.slab;

import io.scrubjay.engine.StatisticsSink;
import io.scrubjay.engine.Tally;
import io.scrubjay.engine.slab.LruList.Count;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prints the figures of the LRU, its maintainer and its crawler, in memcached's order; what
/// belongs to the maintainer only while there is one (spec 2.8.1 to 2.8.3).
final class LruStatistics {
  private final LruLists lists;
  private final Freshness freshness;
  private final LruSettings settings;
  private final LruMaintainer maintainer;
  private final Crawler crawler;
  private final @Nullable SizeCounts sizes;

  LruStatistics(ItemStore store, LruSettings settings, LruMaintainer maintainer, Crawler crawler) {
    this.lists = store.lists;
    this.freshness = store.freshness;
    this.settings = settings;
    this.maintainer = maintainer;
    this.crawler = crawler;
    this.sizes = store.sizes;
  }

  void reset() {
    lists.resetCounts();
    maintainer.resetCounts();
    crawler.resetCounts();
  }

  /// What stands in the middle of plain `stats`.
  void threads(StatisticsSink sink) {
    if (crawler.enabled()) {
      sink.put("lru_crawler_running", crawler.running() ? 1 : 0);
      sink.put("lru_crawler_starts", crawler.starts());
    }
    if (settings.maintainer()) {
      sink.put("lru_maintainer_juggles", maintainer.juggles());
    }
  }

  /// What stands at the end of plain `stats`.
  void general(StatisticsSink sink) {
    sink.put("expired_unfetched", lists.counted(Count.EXPIRED_UNFETCHED));
    sink.put("evicted_unfetched", lists.counted(Count.EVICTED_UNFETCHED));
    if (settings.maintainer()) {
      sink.put("evicted_active", lists.counted(Count.EVICTED_ACTIVE));
    }
    sink.put("evictions", lists.counted(Count.EVICTED));
    sink.put("reclaimed", lists.counted(Count.RECLAIMED));
    sink.put("crawler_reclaimed", lists.counted(Count.CRAWLER_RECLAIMED));
    sink.put("crawler_items_checked", lists.counted(Count.CRAWLER_CHECKED));
    sink.put("lrutail_reflocked", lists.counted(Count.TAIL_REFLOCKED));
    if (settings.maintainer()) {
      sink.put("moves_to_cold", lists.counted(Count.MOVES_TO_COLD));
      sink.put("moves_to_warm", lists.counted(Count.MOVES_TO_WARM));
      sink.put("moves_within_lru", lists.counted(Count.MOVES_WITHIN));
      sink.put("direct_reclaims", lists.counted(Count.DIRECT_RECLAIMS));
      sink.put("lru_bumps_dropped", maintainer.bumpsDropped());
    }
  }

  void settings(StatisticsSink sink) {
    LruTuning tuning = lists.tuning();
    sink.put("lru_crawler", word(crawler.enabled()));
    sink.put("lru_crawler_sleep", crawler.sleepMicros());
    sink.put("lru_crawler_tocrawl", crawler.itemsMax());
    sink.put("tail_repair_time", settings.tailRepairSeconds());
    sink.put("lru_maintainer_thread", word(settings.maintainer()));
    sink.put("lru_segmented", word(tuning.segmented()));
    sink.put("hot_lru_pct", tuning.hotPercent());
    sink.put("warm_lru_pct", tuning.warmPercent());
    sink.put("hot_max_factor", String.format(Locale.ROOT, "%.2f", tuning.hotMaxFactor()));
    sink.put("warm_max_factor", String.format(Locale.ROOT, "%.2f", tuning.warmMaxFactor()));
    sink.put("temp_lru", word(tuning.temporary()));
    sink.put("temporary_ttl", tuning.temporaryTtlSeconds());
    sink.put("track_sizes", word(settings.tracksSizes()));
  }

  private static String word(boolean value) {
    return value ? "yes" : "no";
  }

  void sizes(StatisticsSink sink) {
    if (sizes == null) {
      sink.put("sizes_status", "disabled");
    } else {
      sizes.print(sink);
    }
  }

  /// `tallies`: [EngineTallies#sums].
  void items(StatisticsSink sink, long[] tallies) {
    for (int slabClass = 1; slabClass <= lists.largestClass(); slabClass++) {
      if (lists.items(slabClass) > 0) {
        int here = slabClass;
        String prefix = "items:" + slabClass + ":";
        items((name, value) -> sink.put(prefix + name, value), here, tallies);
      }
    }
  }

  private void items(StatisticsSink sink, int slabClass, long[] tallies) {
    sink.put("number", lists.items(slabClass));
    if (settings.maintainer()) {
      sink.put("number_hot", lists.list(slabClass, LruSegment.HOT).items());
      sink.put("number_warm", lists.list(slabClass, LruSegment.WARM).items());
      sink.put("number_cold", lists.list(slabClass, LruSegment.COLD).items());
      if (lists.tuning().temporary()) {
        sink.put("number_temp", lists.list(slabClass, LruSegment.TEMP).items());
      }
      sink.put("age_hot", age(slabClass, LruSegment.HOT));
      sink.put("age_warm", age(slabClass, LruSegment.WARM));
    }
    sink.put("age", age(slabClass, LruSegment.COLD));
    sink.put("mem_requested", lists.bytes(slabClass));
    put(sink, "evicted", slabClass, Count.EVICTED);
    put(sink, "evicted_nonzero", slabClass, Count.EVICTED_NONZERO);
    sink.put("evicted_time", lists.list(slabClass, LruSegment.COLD).lastEvictedIdleSeconds());
    put(sink, "outofmemory", slabClass, Count.OUT_OF_MEMORY);
    put(sink, "tailrepairs", slabClass, Count.TAIL_REPAIRS);
    put(sink, "reclaimed", slabClass, Count.RECLAIMED);
    put(sink, "expired_unfetched", slabClass, Count.EXPIRED_UNFETCHED);
    put(sink, "evicted_unfetched", slabClass, Count.EVICTED_UNFETCHED);
    if (settings.maintainer()) {
      put(sink, "evicted_active", slabClass, Count.EVICTED_ACTIVE);
    }
    put(sink, "crawler_reclaimed", slabClass, Count.CRAWLER_RECLAIMED);
    put(sink, "crawler_items_checked", slabClass, Count.CRAWLER_CHECKED);
    put(sink, "lrutail_reflocked", slabClass, Count.TAIL_REFLOCKED);
    if (settings.maintainer()) {
      put(sink, "moves_to_cold", slabClass, Count.MOVES_TO_COLD);
      put(sink, "moves_to_warm", slabClass, Count.MOVES_TO_WARM);
      put(sink, "moves_within_lru", slabClass, Count.MOVES_WITHIN);
      put(sink, "direct_reclaims", slabClass, Count.DIRECT_RECLAIMS);
      sink.put("hits_to_hot", hits(tallies, slabClass | LruSegment.HOT));
      sink.put("hits_to_warm", hits(tallies, slabClass | LruSegment.WARM));
      sink.put("hits_to_cold", hits(tallies, slabClass | LruSegment.COLD));
      sink.put("hits_to_temp", hits(tallies, slabClass | LruSegment.TEMP));
    }
  }

  private void put(StatisticsSink sink, String name, int slabClass, Count what) {
    sink.put(name, lists.counted(slabClass, what));
  }

  private static long hits(long[] tallies, int list) {
    return EngineTallies.ofList(tallies, list, Tally.GET_HITS);
  }

  /// Seconds since the queue's tail was last touched.
  private int age(int slabClass, int segment) {
    int now = freshness.now();
    return Math.max(0, now - lists.list(slabClass, segment).tailTime(now));
  }
}
