package io.scrubjay.engine.lldb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.EngineOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rocksdb.RocksIterator;

/// Engines for tests, and what must hold in them when nothing is under way.
final class Stores {
  private Stores() {}

  static Path fresh(Path folder, String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The files as they lie, while the engine may be open.
  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.copy(file, target);
        } else if (!file.equals(from)) {
          Files.createDirectory(target);
        }
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  static EngineOptions options(Map<String, String> settings) {
    return new EngineOptions(64 << 20, 1 << 20, true, true, 4, settings);
  }

  static LldbEngine open(Path dataDir, EngineOptions options, CacheClock clock) {
    return open(dataDir, options, clock, Upkeep.BY_HAND);
  }

  static LldbEngine open(Path dataDir, EngineOptions options, CacheClock clock, Upkeep upkeep) {
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put("data_dir", dataDir.toString());
    var complete =
        new EngineOptions(
            options.memoryLimitBytes(),
            options.itemBytesMax(),
            options.evictions(),
            options.casEnabled(),
            options.workers(),
            settings);
    return LldbEngine.open(complete, LldbSettings.of(complete), clock, upkeep);
  }

  /// Figures tell what is stored, each deadline is mentioned once, and nothing is held.
  static void check(LldbEngine engine) {
    Store store = engine.store();
    for (Database database : store.databases.values()) {
      check(store, database);
    }
    assertEquals(0, store.draftBytes.usedBytes(), "bytes in drafts");
    assertEquals(0, store.pinnedBytes.usedBytes(), "bytes in pins");
  }

  private static void check(Store store, Database database) {
    long items = 0;
    long bytes = 0;
    var expected = new TreeSet<String>();
    var header = new NativeBuffer(ItemRecord.HEADER_BYTES);
    try (RocksIterator walk = store.tree.walk(database.items)) {
      for (walk.seekToFirst(); walk.isValid(); walk.next()) {
        int length = walk.value(header.first(ItemRecord.HEADER_BYTES));
        byte[] key = walk.key();
        int flags = ItemRecord.clientFlags(header.segment);
        items++;
        bytes += store.totalBytes(key.length, flags, length - (long) ItemRecord.HEADER_BYTES);
        long deadline = ItemRecord.deadline(header.segment);
        if (deadline != 0) {
          expected.add(mention((int) deadline, key));
        }
      }
    }
    header.free();
    assertEquals(items, database.gauges.items(), "items in " + database.name);
    assertEquals(bytes, database.gauges.bytes(), "bytes in " + database.name);
    assertEquals(expected, mentions(store, database), "deadlines in " + database.name);
  }

  private static Set<String> mentions(Store store, Database database) {
    var mentions = new TreeSet<String>();
    try (RocksIterator walk = store.tree.walk(database.deadlines)) {
      for (walk.seekToFirst(); walk.isValid(); walk.next()) {
        ByteBuffer mention = ByteBuffer.wrap(walk.key());
        int deadline = mention.getInt();
        byte[] key = new byte[mention.remaining()];
        mention.get(key);
        mentions.add(mention(deadline, key));
      }
    }
    return mentions;
  }

  private static String mention(int deadline, byte[] key) {
    return Integer.toUnsignedString(deadline) + " " + new String(key, ISO_8859_1);
  }
}
