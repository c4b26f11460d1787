package io.scrubjay.engine.lldb;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.EngineOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.BackupEngine;
import org.rocksdb.BackupEngineOptions;
import org.rocksdb.Env;
import org.rocksdb.RestoreOptions;
import org.rocksdb.RocksDBException;

/// The operator's verbs on a directory that no server has open: [Chores], and `restore`.
final class Tool {
  private static final String RULE =
      "VERB data_dir=DIR[,wal_dir=DIR] with VERB restore DIR, " + Chores.VERBS;
  private static final long MEMORY_BYTES = 64 << 20;

  private Tool() {}

  /// `words`: a verb, its argument if it has one, then settings as behind `-o`.
  static List<String> run(List<String> words) {
    Setting.require(words.size() >= 2, "lldb", String.join(" ", words), RULE);
    Map<String, String> settings = settings(words.getLast());
    var options = new EngineOptions(MEMORY_BYTES, 1 << 30, true, true, 1, settings);
    List<String> verb = words.subList(0, words.size() - 1);
    if (verb.getFirst().equals("restore")) {
      Setting.require(verb.size() == 2, "lldb", String.join(" ", words), RULE);
      return restore(Path.of(verb.get(1)), LldbSettings.of(options));
    }
    Path dataDir = LldbSettings.of(options).dataDir();
    Setting.require(
        Files.exists(dataDir.resolve("FORMAT")), "data_dir", dataDir, "one that holds data");
    try (LldbEngine engine =
        LldbEngine.open(options, LldbSettings.of(options), new NoTime(), Upkeep.BY_HAND)) {
      return new Chores(engine.store()).run(verb);
    }
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new HashMap<>();
    for (String setting : text.split(",", -1)) {
      String[] sides = setting.split("=", 2);
      Setting.require(sides.length == 2, "lldb", text, RULE);
      settings.put(sides[0], sides[1]);
    }
    return settings;
  }

  private static List<String> restore(Path backup, LldbSettings settings) {
    Setting.require(
        Files.isDirectory(backup.resolve("meta")), "restore", backup, "a directory of backups");
    try (Stream<Path> files = Files.list(settings.dataDir())) {
      Setting.require(
          files.findAny().isEmpty(), "data_dir", settings.dataDir(), "empty, to be restored to");
    } catch (IOException failed) {
      throw new UncheckedIOException("data_dir " + settings.dataDir(), failed);
    }
    Tree.loadLibrary();
    try (DataDirectory directory = DataDirectory.open(settings.dataDir(), settings.walDir());
        BackupEngineOptions options = new BackupEngineOptions(backup.toString());
        BackupEngine backups = BackupEngine.open(Env.getDefault(), options);
        RestoreOptions all = new RestoreOptions(false)) {
      String data = directory.database().toString();
      Path wal = settings.walDir();
      backups.restoreDbFromLatestBackup(data, wal == null ? data : wal.toString(), all);
      directory.markFormat();
      return List.of("restored");
    } catch (RocksDBException failed) {
      throw new StoreFailure(settings.dataDir(), "restore failed", failed);
    }
  }

  /// Nothing here expires anything.
  private static final class NoTime implements CacheClock {
    @Override
    public int now() {
      return SECONDS_AT_START;
    }

    @Override
    public long processStarted() {
      return 0;
    }
  }
}
