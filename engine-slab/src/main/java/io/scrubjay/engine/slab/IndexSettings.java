package io.scrubjay.engine.slab;

import static io.scrubjay.engine.slab.SettingValues.require;

/// How the hash index starts out and grows.
///
/// @param powerInitial it starts out made for 2^this items; 0 for the default
/// @param expand whether it grows as far as items make it; otherwise by [#FIXED_DOUBLINGS] at most
record IndexSettings(int powerInitial, boolean expand, HashAlgorithm algorithm) {
  static final int POWER_MIN = 12;
  static final int POWER_DEFAULT = 16;
  static final int POWER_MAX = 32;

  /// A bucket, with one chain, stands for more than ten of memcached's heads, with a chain each. An
  /// index that isn't to grow still gets about as many chains as memcached's table has.
  static final int FIXED_DOUBLINGS = 4;

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

  /// As if `power` had been given.
  IndexSettings with(int power) {
    return new IndexSettings(power, expand, algorithm);
  }

  /// What `hash_power_level` says of an index made by these settings: an operator who wants no
  /// growth is not told of ours.
  int powerLevel(HashIndex index) {
    return expand ? index.power() : power();
  }

  int powerMax() {
    return expand ? POWER_MAX : Math.min(power() + FIXED_DOUBLINGS, POWER_MAX);
  }

  int power() {
    return powerInitial == 0 ? POWER_DEFAULT : powerInitial;
  }
}
