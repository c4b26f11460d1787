package io.scrubjay.engine.slab;

import io.scrubjay.engine.LruControl;

/// What an operator may change of the LRU while it runs; every change is a new record.
///
/// @param segmented false: one queue per class, COLD
/// @param hotPercent share of a class's bytes that HOT may have
/// @param warmPercent share that WARM may have
/// @param hotMaxFactor HOT items idle for longer than this times the age of COLD's tail leave
/// @param warmMaxFactor the same for WARM
/// @param temporary short-lived items get a queue of their own, TEMP
/// @param temporaryTtlSeconds what is short-lived
record LruTuning(
    boolean segmented,
    int hotPercent,
    int warmPercent,
    double hotMaxFactor,
    double warmMaxFactor,
    boolean temporary,
    int temporaryTtlSeconds) {
  static final int PERCENT_MAX = LruControl.PERCENT_MAX;

  LruTuning {
    SettingValues.require(hotPercent >= 0, "hot_lru_pct", hotPercent, "0 or more");
    SettingValues.require(warmPercent >= 0, "warm_lru_pct", warmPercent, "0 or more");
    int sum = hotPercent + warmPercent;
    SettingValues.require(
        sum <= PERCENT_MAX, "hot_lru_pct + warm_lru_pct", sum, PERCENT_MAX + " or less");
    SettingValues.require(hotMaxFactor > 0, "hot_max_factor", hotMaxFactor, "more than 0");
    SettingValues.require(warmMaxFactor > 0, "warm_max_factor", warmMaxFactor, "more than 0");
    SettingValues.require(
        temporaryTtlSeconds >= 0, "temporary_ttl", temporaryTtlSeconds, "0 or more");
  }

  LruTuning segmented(boolean wanted) {
    return new LruTuning(
        wanted,
        hotPercent,
        warmPercent,
        hotMaxFactor,
        warmMaxFactor,
        temporary,
        temporaryTtlSeconds);
  }

  LruTuning shares(int hot, int warm, double hotFactor, double warmFactor) {
    return new LruTuning(
        segmented, hot, warm, hotFactor, warmFactor, temporary, temporaryTtlSeconds);
  }

  /// Less than 0: no TEMP queue.
  LruTuning temporaryTtl(int seconds) {
    return new LruTuning(
        segmented,
        hotPercent,
        warmPercent,
        hotMaxFactor,
        warmMaxFactor,
        seconds >= 0,
        seconds >= 0 ? seconds : temporaryTtlSeconds);
  }

  /// The queue that a new item with this deadline begins in (spec 7.2).
  int firstSegment(int deadline, int now) {
    if (temporary && deadline != 0 && deadline - now <= temporaryTtlSeconds) {
      return LruSegment.TEMP;
    }
    return segmented ? LruSegment.HOT : LruSegment.COLD;
  }
}
