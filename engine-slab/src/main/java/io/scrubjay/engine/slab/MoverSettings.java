package io.scrubjay.engine.slab;

import static io.scrubjay.engine.slab.SettingValues.require;

/// Whether pages may move between classes, and when they do so of themselves (spec 7.4).
///
/// @param reassign whether there is a page mover at all
/// @param automove 0 never, 1 when it pays, 2 at each eviction too
/// @param ratio a class whose items are younger than this share of the oldest class's gets a page
/// @param freeRatio of the flash tier alone (spec 1.3); kept to be shown
/// @param windowSeconds over which ages and evictions are looked at
record MoverSettings(
    boolean reassign, int automove, double ratio, double freeRatio, int windowSeconds) {
  static final int AUTOMOVE_MAX = 2;
  static final int WINDOW_MIN_SECONDS = 3;
  static final int WINDOW_MAX_SECONDS = 1800;

  MoverSettings {
    require(automove >= 0 && automove <= AUTOMOVE_MAX, "slab_automove", automove, "0..2");
    require(ratio > 0 && ratio <= 1, "slab_automove_ratio", ratio, "in 0..1");
    require(
        windowSeconds >= WINDOW_MIN_SECONDS && windowSeconds <= WINDOW_MAX_SECONDS,
        "slab_automove_window",
        windowSeconds,
        WINDOW_MIN_SECONDS + ".." + WINDOW_MAX_SECONDS);
  }

  static MoverSettings of(SettingValues values) {
    return new MoverSettings(
        values.flag("slab_reassign", true),
        values.integer("slab_automove", 1),
        values.decimal("slab_automove_ratio", 0.8),
        values.decimal("slab_automove_freeratio", 0.01),
        values.integer("slab_automove_window", 10));
  }
}
