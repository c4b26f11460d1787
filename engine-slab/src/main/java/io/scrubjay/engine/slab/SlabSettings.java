package io.scrubjay.engine.slab;

import java.util.Map;

/// The engine's own settings, under their `stats settings` names.
///
/// @param growthFactor `-f`: each class's chunk is this many times the one before
/// @param chunkBytes `-n`: key, value and flags that the smallest class has room for
/// @param slabChunkMaxBytes largest chunk; greater items are kept in several
/// @param hashPowerInitial the index starts out made for 2^this items; 0 for the default
record SlabSettings(
    double growthFactor, int chunkBytes, int slabChunkMaxBytes, int hashPowerInitial) {
  static final int SLAB_CHUNK_MIN_BYTES = 512;
  static final int HASH_POWER_MIN = 12;
  static final int HASH_POWER_DEFAULT = 16;
  static final int HASH_POWER_MAX = 32;

  SlabSettings {
    require(growthFactor > 1, "growth_factor", growthFactor, "more than 1");
    require(chunkBytes > 0, "chunk_size", chunkBytes, "more than 0");
    require(
        slabChunkMaxBytes >= SLAB_CHUNK_MIN_BYTES
            && slabChunkMaxBytes <= PagePool.PAGE_BYTES
            && slabChunkMaxBytes % Long.BYTES == 0,
        "slab_chunk_max",
        slabChunkMaxBytes,
        "a multiple of 8 in " + SLAB_CHUNK_MIN_BYTES + ".." + PagePool.PAGE_BYTES);
    require(
        hashPowerInitial == 0
            || (hashPowerInitial >= HASH_POWER_MIN && hashPowerInitial <= HASH_POWER_MAX),
        "hashpower_init",
        hashPowerInitial,
        "0 or " + HASH_POWER_MIN + ".." + HASH_POWER_MAX);
  }

  int hashPower() {
    return hashPowerInitial == 0 ? HASH_POWER_DEFAULT : hashPowerInitial;
  }

  static SlabSettings of(Map<String, String> settings) {
    return new SlabSettings(
        decimal(settings, "growth_factor", 1.25),
        integer(settings, "chunk_size", 48),
        integer(settings, "slab_chunk_max", 512 * 1024),
        integer(settings, "hashpower_init", 0));
  }

  private static int integer(Map<String, String> settings, String name, int unset) {
    String value = settings.get(name);
    try {
      return value == null ? unset : Integer.parseInt(value);
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException(name + " = " + value + ", must be a number", notOne);
    }
  }

  private static double decimal(Map<String, String> settings, String name, double unset) {
    String value = settings.get(name);
    try {
      return value == null ? unset : Double.parseDouble(value);
    } catch (NumberFormatException notOne) {
      throw new IllegalArgumentException(name + " = " + value + ", must be a number", notOne);
    }
  }

  private static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", must be " + rule);
    }
  }
}
