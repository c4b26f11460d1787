package io.scrubjay.engine.slab;

import java.util.Map;

/// The engine's own settings, under their `stats settings` names.
///
/// @param memoryFile `-e`: keep items in this file, for the next run to take over; empty: don't
/// @param snapshot load items from this file and save them there; empty: don't
/// @param otherBytes what `total_malloced` says, and the limit counts, before the first page is
///   taken
/// @param largePages `-L`: take all memory at the start, in large pages where the system has them
record SlabSettings(
    GeometrySettings geometry,
    IndexSettings index,
    MoverSettings mover,
    LruSettings lru,
    long otherBytes,
    boolean largePages,
    String memoryFile,
    String snapshot) {

  /// Errors: `IllegalArgumentException` for a value that can't be, and for a setting that is none.
  static SlabSettings of(Map<String, String> settings) {
    var values = new SettingValues(settings);
    var read =
        new SlabSettings(
            GeometrySettings.of(values),
            IndexSettings.of(values),
            MoverSettings.of(values),
            LruSettings.of(values),
            values.bytes("total_malloced", 0),
            values.flag("large_pages", false),
            values.text("memory_file", ""),
            values.text("snapshot", ""));
    values.requireNoOthers();
    return read;
  }

  SlabSettings with(IndexSettings other) {
    return new SlabSettings(
        geometry, other, mover, lru, otherBytes, largePages, memoryFile, snapshot);
  }
}
