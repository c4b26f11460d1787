package io.scrubjay.engine.slab;

import io.scrubjay.engine.CrawlerControl;

/// What the LRU, its maintainer and its crawler are told at the start, under `stats settings`
/// names.
///
/// @param tuning how the queues begin
/// @param maintainer whether the maintainer thread runs; without it the LRU stays flat
/// @param crawler whether the crawler thread runs at first
/// @param crawlerSleepMicros how long it rests after a batch
/// @param crawlerItemsMax items it looks at in each queue, 0 for all
/// @param tailRepairSeconds pinned items idle for this long are taken out of the tail; 0: never
/// @param tracksSizes whether `stats sizes` is kept
record LruSettings(
    LruTuning tuning,
    boolean maintainer,
    boolean crawler,
    int crawlerSleepMicros,
    long crawlerItemsMax,
    int tailRepairSeconds,
    boolean tracksSizes) {
  static final int CRAWLER_SLEEP_MICROS_MAX = CrawlerControl.SLEEP_MICROS_MAX;

  LruSettings {
    SettingValues.require(
        crawlerSleepMicros >= 0 && crawlerSleepMicros <= CRAWLER_SLEEP_MICROS_MAX,
        "lru_crawler_sleep",
        crawlerSleepMicros,
        "0.." + CRAWLER_SLEEP_MICROS_MAX);
    SettingValues.require(
        tailRepairSeconds >= 0, "tail_repair_time", tailRepairSeconds, "0 or more");
  }

  static LruSettings of(SettingValues given) {
    boolean maintainer = given.flag("lru_maintainer_thread", true);
    boolean segmented = given.flag("lru_segmented", true);
    boolean temporary = given.flag("temp_lru", false);
    return new LruSettings(
        new LruTuning(
            maintainer && segmented,
            given.integer("hot_lru_pct", 20),
            given.integer("warm_lru_pct", 40),
            given.decimal("hot_max_factor", 0.2),
            given.decimal("warm_max_factor", 2.0),
            maintainer && temporary,
            given.integer("temporary_ttl", 61)),
        maintainer,
        given.flag("lru_crawler", true),
        given.integer("lru_crawler_sleep", 100),
        given.unsigned("lru_crawler_tocrawl", 0),
        given.integer("tail_repair_time", 0),
        given.flag("track_sizes", false));
  }
}
