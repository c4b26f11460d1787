package io.scrubjay.engine.slab;

import static io.scrubjay.engine.slab.SettingValues.require;

/// How the hash index starts out and grows.
///
/// @param powerInitial it starts out made for 2^this items; 0 for the default
/// @param expand whether it ever grows
record IndexSettings(int powerInitial, boolean expand, HashAlgorithm algorithm) {
  static final int POWER_MIN = 12;
  static final int POWER_DEFAULT = 16;
  static final int POWER_MAX = 32;

  IndexSettings {
    require(
        powerInitial == 0 || (powerInitial >= POWER_MIN && powerInitial <= POWER_MAX),
        "hashpower_init",
        powerInitial,
        "0 or " + POWER_MIN + ".." + POWER_MAX);
  }

  static IndexSettings of(SettingValues values) {
    return new IndexSettings(
        values.integer("hashpower_init", 0),
        values.flag("hash_expand", true),
        HashAlgorithm.named(values.text("hash_algorithm", HashAlgorithm.MURMUR3.settingsName())));
  }

  int power() {
    return powerInitial == 0 ? POWER_DEFAULT : powerInitial;
  }
}
