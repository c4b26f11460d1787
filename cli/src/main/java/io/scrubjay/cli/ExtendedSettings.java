package io.scrubjay.cli;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `-o`: a comma list of `name` or `name=value`, split as C's `getsubopt` splits it.
final class ExtendedSettings {
  private static final int SLAB_PAGE_BYTES = 1 << 20;
  private static final int HASH_POWER_MIN = 12;
  private static final int HASH_POWER_MAX = 32;

  /// memcached's names that this version refuses instead of ignoring.
  private static final Set<String> UNAVAILABLE =
      Set.of(
          "no_hashexpand",
          "slab_reassign",
          "no_slab_reassign",
          "slab_automove",
          "no_slab_automove",
          "slab_automove_ratio",
          "slab_automove_window",
          "slab_automove_freeratio",
          "tail_repair_time",
          "hash_algorithm",
          "lru_crawler",
          "no_lru_crawler",
          "lru_crawler_sleep",
          "lru_crawler_tocrawl",
          "lru_maintainer",
          "no_lru_maintainer",
          "hot_lru_pct",
          "warm_lru_pct",
          "hot_max_factor",
          "warm_max_factor",
          "temporary_ttl",
          "idle_timeout",
          "watcher_logbuf_size",
          "worker_logbuf_size",
          "slab_sizes",
          "no_chunked_items",
          "track_sizes",
          "read_buf_mem_limit",
          "drop_privileges",
          "no_drop_privileges",
          "relaxed_privileges",
          "no_modern",
          "sock_cookie_id");

  private ExtendedSettings() {}

  /// Reads one `-o` argument into `settings`; null, or the end that the first wrong item asks for.
  static Launch.@Nullable Exit apply(String list, Settings settings) {
    int from = 0;
    while (from < list.length()) {
      int comma = list.indexOf(',', from);
      int to = comma < 0 ? list.length() : comma;
      Launch.Exit exit = applyItem(list.substring(from, to), settings);
      if (exit != null) {
        return exit;
      }
      from = to + 1;
    }
    return null;
  }

  private static Launch.@Nullable Exit applyItem(String item, Settings settings) {
    int equals = item.indexOf('=');
    String name = equals < 0 ? item : item.substring(0, equals);
    String value = equals < 0 ? null : item.substring(equals + 1);
    switch (name) {
      case "maxconns_fast" -> settings.server.maxconnsFast(true);
      case "no_maxconns_fast" -> settings.server.maxconnsFast(false);
      case "modern", "inline_ascii_resp", "no_inline_ascii_resp" -> {
        // memcached takes these and does nothing: they are how it always works now.
      }
      case "resp_obj_mem_limit" ->
          settings.notices.add(
              "DEPRECATED: resp_obj_mem_limit no longer used. See read_buf_mem_limit,");
      case "hashpower" -> {
        return hashPower(value, settings);
      }
      case "slab_chunk_max" -> {
        return slabChunkMax(value, settings);
      }
      case "poller" -> {
        return poller(value, settings);
      }
      case "engine" -> {
        if (value == null || value.isEmpty()) {
          return settings.refuse("Missing engine argument");
        }
        settings.server.engine(value);
      }
      default -> {
        boolean later =
            UNAVAILABLE.contains(name)
                || name.startsWith("ssl_")
                || name.startsWith("ext_")
                || name.startsWith("proxy_");
        return settings.refuse(
            later
                ? "-o " + name + " is not available in this version"
                : "Illegal suboption \"" + item + "\"");
      }
    }
    return null;
  }

  private static Launch.@Nullable Exit hashPower(@Nullable String value, Settings settings) {
    if (value == null) {
      return settings.refuse("Missing numeric argument for hashpower");
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

  private static Launch.@Nullable Exit slabChunkMax(@Nullable String value, Settings settings) {
    if (value == null) {
      return settings.refuse("Missing slab_chunk_max argument");
    }
    int kibibytes = LooseNumber.integer(value);
    if (kibibytes <= 0) {
      return settings.refuse("slab_chunk_max must be >= 0");
    }
    if (kibibytes > SLAB_PAGE_BYTES >> 10) {
      return settings.refuse("slab_chunk_max must be specified in kilobytes.");
    }
    settings.slabChunkBytesMax = (long) kibibytes << 10;
    settings.engine.put("slab_chunk_max", Long.toString(settings.slabChunkBytesMax));
    return null;
  }

  private static Launch.@Nullable Exit poller(@Nullable String value, Settings settings) {
    if (value == null) {
      return settings.refuse("Missing poller argument");
    }
    if (!value.equals("epoll") && !value.equals("nio")) {
      return settings.refuse("Unknown poller \"" + value + "\" (epoll, nio)");
    }
    settings.server.poller(value);
    return null;
  }

  /// Rules that join `-o` with other options.
  static Launch.@Nullable Exit conflict(Settings settings, long itemBytes) {
    long chunk = settings.slabChunkBytesMax;
    if (chunk > itemBytes) {
      return settings.refuse(
          Launch.USAGE,
          "slab_chunk_max (bytes: %d) cannot be larger than -I (item_size_max %d)"
              .formatted(chunk, itemBytes));
    }
    if (itemBytes % chunk != 0) {
      return settings.refuse(
          Launch.USAGE,
          "-I (item_size_max: %d) must be evenly divisible by slab_chunk_max (bytes: %d)"
              .formatted(itemBytes, chunk));
    }
    if (SLAB_PAGE_BYTES % chunk != 0) {
      return settings.refuse(
          Launch.USAGE,
          "slab_chunk_max (bytes: %d) must divide evenly into %d (slab_page_size)"
              .formatted(chunk, SLAB_PAGE_BYTES));
    }
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
