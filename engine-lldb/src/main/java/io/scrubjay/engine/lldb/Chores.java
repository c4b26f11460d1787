package io.scrubjay.engine.lldb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BackupEngine;
import org.rocksdb.BackupEngineOptions;
import org.rocksdb.BackupInfo;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Env;
import org.rocksdb.RocksDBException;

/// The operator's verbs on a tree that is open: `backup DIR`, `verify`, `compact`, `property NAME`
/// and `stats`. docs/operating/lldb.md describes them.
///
/// Threads: one at a time.
final class Chores {
  static final String VERBS = "backup DIR, verify, compact, property NAME or stats";
  private final Store store;

  Chores(Store store) {
    this.store = store;
  }

  List<String> run(List<String> words) {
    String verb = words.isEmpty() ? "" : words.getFirst();
    int arguments = verb.equals("backup") || verb.equals("property") ? 1 : 0;
    boolean known = List.of("backup", "verify", "compact", "property", "stats").contains(verb);
    Setting.require(known && words.size() == 1 + arguments, "lldb", String.join(" ", words), VERBS);
    try {
      return switch (verb) {
        case "backup" -> backup(Path.of(words.get(1)));
        case "verify" -> verify();
        case "compact" -> compact();
        case "property" -> property(words.get(1));
        default -> stats();
      };
    } catch (RocksDBException failed) {
      throw new StoreFailure(store.settings.dataDir(), verb + " failed", failed);
    }
  }

  /// What earlier backups in the directory have already is not copied again.
  private List<String> backup(Path target) throws RocksDBException {
    Setting.require(
        target.isAbsolute() && Files.isDirectory(target) && Files.isWritable(target),
        "backup",
        target,
        "the absolute path of a directory that the server may write");
    try (BackupEngineOptions options = new BackupEngineOptions(target.toString());
        BackupEngine backups = BackupEngine.open(Env.getDefault(), options)) {
      backups.createNewBackup(store.tree.rocks(), true);
      BackupInfo last = backups.getBackupInfo().getLast();
      return List.of(
          "backup "
              + last.backupId()
              + ": "
              + last.numberFiles()
              + " files, "
              + last.size()
              + " bytes");
    }
  }

  private List<String> verify() throws RocksDBException {
    store.tree.rocks().verifyChecksum();
    return List.of("all checksums are right");
  }

  private List<String> compact() throws RocksDBException {
    for (ColumnFamilyHandle family : store.tree.families()) {
      store.tree.rocks().compactRange(family);
    }
    return List.of("compacted");
  }

  private List<String> property(String name) {
    List<String> lines = new ArrayList<>();
    for (Database database : store.databases.values()) {
      String value = store.tree.property(database.items, name);
      Setting.require(!value.isEmpty(), "property", name, "one that RocksDB knows");
      value.lines().forEach(line -> lines.add(database.name + " " + line));
    }
    return lines;
  }

  private List<String> stats() {
    List<String> lines = new ArrayList<>();
    new LldbStatistics(store).tree((name, value) -> lines.add(name + " " + value));
    return lines;
  }
}
