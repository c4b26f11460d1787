package io.scrubjay.cli;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `-o` items about slabs, lists and the hash table need beyond [Suboption]'s one-liners, and
/// the rules that join them with other options.
final class SlabSuboptions {
  static final int PAGE_BYTES = 1 << 20;
  private static final int HASH_POWER_MIN = 12;
  private static final int HASH_POWER_MAX = 32;
  private static final int SLAB_SIZES_MAX = 62;
  private static final int SLAB_SIZES_STEP_BYTES = 8;

  private SlabSuboptions() {}

  static boolean isKibibytes(long number) {
    return number <= Integer.MAX_VALUE >> 10;
  }

  static Launch.@Nullable Exit hashPower(String name, @Nullable String value, Settings settings) {
    if (value == null) {
      return settings.refuse(ValueReader.missing(name, ValueReader.NUMERIC));
    }
    int power = LooseNumber.integer(value);
    if (power < HASH_POWER_MIN) {
      return settings.refuse("Initial hashtable multiplier of " + power + " is too low");
    }
    if (power > HASH_POWER_MAX) {
      return settings.refuse(
          Launch.FAILURE,
          "Initial hashtable multiplier of " + power + " is too high",
          "Choose a value based on \"STAT hash_power_level\" from a running instance");
    }
    settings.hashPower = power;
    settings.engine.put("hashpower_init", Integer.toString(power));
    return null;
  }

  static Launch.@Nullable Exit hashAlgorithm(
      String name, @Nullable String value, Settings settings) {
    if (value == null) {
      return settings.refuse(ValueReader.missing(name, ValueReader.ARGUMENT));
    }
    if (!Set.of("jenkins", "murmur3", "xxh3").contains(value)) {
      return settings.refuse("Unknown hash_algorithm option (jenkins, murmur3, xxh3)");
    }
    settings.engine.put(name, value);
    return null;
  }

  static Launch.@Nullable Exit chunkMax(String name, @Nullable String value, Settings settings) {
    if (value == null) {
      return settings.refuse(ValueReader.missing(name, ValueReader.ARGUMENT));
    }
    int kibibytes = LooseNumber.integer(value);
    if (kibibytes <= 0) {
      return settings.refuse("slab_chunk_max must be >= 0");
    }
    if (kibibytes > PAGE_BYTES >> 10) {
      return settings.refuse("slab_chunk_max must be specified in kilobytes.");
    }
    chunkBytesMax(settings, kibibytes << 10);
    return null;
  }

  static void chunkBytesMax(Settings settings, int bytes) {
    settings.slabChunkBytesMax = bytes;
    settings.engine.put("slab_chunk_max", Integer.toString(bytes));
  }

  /// Dashes at the ends and several in a row are passed over, as by C's `strtok`.
  static String joined(String sizes) {
    return Stream.of(sizes.split("-", -1))
        .filter(size -> !size.isEmpty())
        .collect(Collectors.joining("-"));
  }

  /// A bare name means 1.
  static Launch.@Nullable Exit automove(String name, @Nullable String value, Settings settings) {
    return ValueReader.engineInteger(
            ValueReader.ARGUMENT, n -> n >= 0 && n <= 2, "slab_automove must be between 0 and 2")
        .read(name, value == null ? "1" : value, settings);
  }

  static ValueReader lruShare(String name) {
    return ValueReader.engineInteger(
        ValueReader.ARGUMENT, n -> n >= 1 && n < 80, name + " must be > 1 and < 80");
  }

  static void noModern(Settings settings) {
    if (!settings.engine.containsKey("slab_chunk_max")) {
      chunkBytesMax(settings, PAGE_BYTES);
    }
    settings.server.maxconnsFast(false);
    settings.engine.put("slab_reassign", "no");
    settings.engine.put("slab_automove", "0");
    settings.engine.put("hash_algorithm", "jenkins");
    settings.engine.put("lru_crawler", "no");
    settings.engine.put("lru_maintainer_thread", "no");
    settings.engine.put("lru_segmented", "no");
  }

  /// Rules that join several options; null, or the end that the first broken one asks for.
  static Launch.@Nullable Exit conflict(Settings settings) {
    String broken = chunkConflict(settings);
    if (broken == null) {
      broken = sizesConflict(settings);
    }
    if (broken == null) {
      broken = lruConflict(settings);
    }
    return broken == null ? hashConflict(settings) : settings.refuse(Launch.USAGE, broken);
  }

  private static @Nullable String chunkConflict(Settings settings) {
    long chunk = settings.slabChunkBytesMax;
    long item = settings.itemBytesMax;
    if (chunk > item) {
      return "slab_chunk_max (bytes: %d) cannot be larger than -I (item_size_max %d)"
          .formatted(chunk, item);
    }
    if (item % chunk != 0) {
      return "-I (item_size_max: %d) must be evenly divisible by slab_chunk_max (bytes: %d)"
          .formatted(item, chunk);
    }
    if (PAGE_BYTES % chunk != 0) {
      return "slab_chunk_max (bytes: %d) must divide evenly into %d (slab_page_size)"
          .formatted(chunk, PAGE_BYTES);
    }
    return null;
  }

  private static @Nullable String sizesConflict(Settings settings) {
    String sizes = settings.engine.get("slab_sizes");
    if (sizes == null) {
      return null;
    }
    int chunkSize = Integer.parseInt(settings.engine.getOrDefault("chunk_size", "48"));
    int last = 0;
    int count = 0;
    for (String text : sizes.split("-", -1)) {
      int size = LooseNumber.integer(text);
      if (size < chunkSize || size > settings.slabChunkBytesMax) {
        return "slab size " + size + " is out of valid range";
      }
      if (last >= size) {
        return "slab size " + size + " cannot be lower than or equal to a previous class size";
      }
      if (size <= last + SLAB_SIZES_STEP_BYTES) {
        return "slab size " + size + " must be at least 8 bytes larger than previous class";
      }
      last = size;
      if (++count > SLAB_SIZES_MAX) {
        return "too many slab classes specified";
      }
    }
    return null;
  }

  private static @Nullable String lruConflict(Settings settings) {
    int hot = Integer.parseInt(settings.engine.getOrDefault("hot_lru_pct", "20"));
    int warm = Integer.parseInt(settings.engine.getOrDefault("warm_lru_pct", "40"));
    if (hot + warm > 80) {
      return "hot_lru_pct + warm_lru_pct cannot be more than 80% combined";
    }
    boolean maintained = !"no".equals(settings.engine.get("lru_maintainer_thread"));
    if (settings.engine.containsKey("temp_lru") && !maintained) {
      return "temporary_ttl requires lru_maintainer to be enabled";
    }
    return null;
  }

  private static Launch.@Nullable Exit hashConflict(Settings settings) {
    int lockPower = lockTablePower(settings.threads);
    if (settings.hashPower != 0 && settings.hashPower <= lockPower) {
      return settings.refuse(
          Launch.FAILURE,
          "Hash table power size (%d) cannot be equal to or less than item lock table (%d)"
              .formatted(settings.hashPower, lockPower),
          "Item lock table grows with `-t N` (worker threadcount)",
          "Hash table grows with `-o hashpower=N` ");
    }
    return null;
  }

  /// The size, as a power of two, of the table of item locks that memcached would have; there is
  /// none here, but a command line must mean the same.
  private static int lockTablePower(int threads) {
    if (threads < 3) {
      return 10;
    }
    if (threads < 5) {
      return threads + 8;
    }
    if (threads <= 10) {
      return 13;
    }
    return threads <= 20 ? 14 : 15;
  }
}
