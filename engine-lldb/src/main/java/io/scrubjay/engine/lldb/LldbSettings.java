package io.scrubjay.engine.lldb;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The engine's own settings. docs/operating/lldb.md says what each is for.
///
/// @param dataDir `data_dir`
/// @param walDir `wal_dir`; null: the log lies with the data
/// @param sync `sync`
/// @param maxDiskBytes `max_disk`; 0: no limit
/// @param databases `databases`, those served beside `default`
/// @param blockCachePercent `block_cache`, percent of `-m` for blocks read from disk
/// @param writeBufferBytes `write_buffer`, memory for writes not yet in table files
/// @param compression `compression`
/// @param bloomBits `bloom_bits`, filter bits per key; 0: no filters
/// @param openFiles `open_files`; -1: no limit
record LldbSettings(
    Path dataDir,
    @Nullable Path walDir,
    Sync sync,
    long maxDiskBytes,
    List<String> databases,
    int blockCachePercent,
    long writeBufferBytes,
    Compression compression,
    int bloomBits,
    int openFiles) {
  static final int DATABASES_MAX = 16;
  static final int BLOCK_CACHE_PERCENT_DEFAULT = 70;
  static final long WRITE_BUFFER_BYTES_MIN = 1 << 20;
  private static final long WRITE_BUFFER_BYTES_DEFAULT_MIN = 8 << 20;
  private static final long WRITE_BUFFER_BYTES_DEFAULT_MAX = 256 << 20;
  private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z0-9-]{1,32}");

  enum Compression {
    NONE,
    LZ4,
    ZSTD
  }

  LldbSettings {
    databases = List.copyOf(databases);
    Setting.require(
        databases.size() <= DATABASES_MAX,
        "databases",
        databases.size() + " names",
        "at most " + DATABASES_MAX);
    databases.forEach(LldbSettings::requireName);
    Setting.require(
        blockCachePercent >= 1 && blockCachePercent <= 100,
        "block_cache",
        blockCachePercent,
        "1..100, percent of -m");
    Setting.require(
        writeBufferBytes >= WRITE_BUFFER_BYTES_MIN,
        "write_buffer",
        writeBufferBytes,
        "at least 1m");
    Setting.require(bloomBits >= 0 && bloomBits <= 32, "bloom_bits", bloomBits, "0..32");
    Setting.require(
        openFiles == -1 || openFiles >= 64, "open_files", openFiles, "at least 64, or -1");
  }

  static LldbSettings of(EngineOptions options) {
    Map<String, String> words = options.settings();
    String dataDir = words.getOrDefault("data_dir", "");
    Setting.require(
        !dataDir.isEmpty(), "data_dir", "(not given)", "a directory, since engine=lldb keeps data");
    String walDir = words.get("wal_dir");
    return new LldbSettings(
        path("data_dir", dataDir),
        walDir == null ? null : path("wal_dir", walDir),
        words.containsKey("sync") ? Sync.parse(words.get("sync")) : Sync.DEFAULT,
        Setting.bytes("max_disk", words.getOrDefault("max_disk", "0")),
        names(words.getOrDefault("databases", "")),
        integer(words, "block_cache", BLOCK_CACHE_PERCENT_DEFAULT),
        words.containsKey("write_buffer")
            ? Setting.bytes("write_buffer", words.get("write_buffer"))
            : defaultWriteBufferBytes(options.memoryLimitBytes()),
        compression(words.getOrDefault("compression", "lz4")),
        integer(words, "bloom_bits", 10),
        integer(words, "open_files", 1024));
  }

  /// All that are served, [Engine#DEFAULT_DATABASE] first.
  Set<String> databaseNames() {
    Set<String> names = new LinkedHashSet<>();
    names.add(Engine.DEFAULT_DATABASE);
    names.addAll(databases);
    return names;
  }

  /// A quarter of `-m` within reason.
  private static long defaultWriteBufferBytes(long memoryLimitBytes) {
    return Math.clamp(
        memoryLimitBytes / 4, WRITE_BUFFER_BYTES_DEFAULT_MIN, WRITE_BUFFER_BYTES_DEFAULT_MAX);
  }

  private static Path path(String name, String value) {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException wrong) {
      throw Setting.refused(name, value, "a path: " + wrong.getReason());
    }
  }

  private static int integer(Map<String, String> words, String name, int unset) {
    String value = words.get(name);
    return value == null ? unset : Setting.integer(name, value, value, "a number");
  }

  private static Compression compression(String word) {
    for (Compression known : Compression.values()) {
      if (known.name().equalsIgnoreCase(word)) {
        return known;
      }
    }
    throw Setting.refused("compression", word, "none, lz4 or zstd");
  }

  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split(":", -1)) {
      if (!name.isEmpty() && !name.equals(Engine.DEFAULT_DATABASE) && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static void requireName(String name) {
    Setting.require(
        DATABASE_NAME.matcher(name).matches(),
        "databases",
        name,
        "1 to 32 letters, digits and hyphens each, colons between them");
  }
}
