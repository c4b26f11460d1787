package io.scrubjay.engine;

import java.util.Map;

/// What every engine is told, and a map of words for the one that is meant.
///
/// @param memoryLimitBytes `-m`; more than 0
/// @param itemBytesMax `-I`; an item's total size may not exceed it
/// @param evictions false for `-M`: answer out of memory rather than evict
/// @param casEnabled false for `-C`: items carry no CAS id
/// @param workers sessions that will be opened, at least 1
/// @param settings engine-specific settings under `stats settings` names, such as
///   `growth_factor=1.25`; an engine ignores names it doesn't know
public record EngineOptions(
    long memoryLimitBytes,
    int itemBytesMax,
    boolean evictions,
    boolean casEnabled,
    int workers,
    Map<String, String> settings) {
  public EngineOptions {
    require(memoryLimitBytes > 0, "memoryLimitBytes", memoryLimitBytes, "more than 0");
    require(itemBytesMax >= 1024, "itemBytesMax", itemBytesMax, "at least 1024");
    require(workers > 0, "workers", workers, "at least 1");
    settings = Map.copyOf(settings);
  }

  private static void require(boolean holds, String name, long value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", must be " + rule);
    }
  }
}
