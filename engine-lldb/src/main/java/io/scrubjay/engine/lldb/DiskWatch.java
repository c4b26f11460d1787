package io.scrubjay.engine.lldb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Refuses to store more once the files take `max_disk`, and tries again after the disk refused a
/// write. Looks often rather than counts exactly: what is written between two looks may go past the
/// limit. Threads: confined to upkeep.
final class DiskWatch {
  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  private final Store store;
  private long usedBytes;

  DiskWatch(Store store) {
    this.store = store;
  }

  void look() {
    long max = store.settings.maxDiskBytes();
    if (max > 0) {
      usedBytes = usedBytes();
    }
    if (max > 0 && usedBytes >= max) {
      store.refuse("max_disk is reached");
    } else if (store.refuses()) {
      // Throws, and so goes on refusing, as long as the disk does.
      store.tree.saveFact(PROBE, PROBE);
      store.accept();
    }
  }

  /// What lies in the data's and the log's directory.
  long usedBytes() {
    Path wal = store.settings.walDir();
    long sum = 0;
    for (Path folder : wal == null ? List.of(data()) : List.of(data(), wal)) {
      sum += bytesIn(folder);
    }
    return sum;
  }

  private Path data() {
    return store.settings.dataDir().resolve("db");
  }

  private static long bytesIn(Path folder) {
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sum += bytesOf(file);
      }
    } catch (IOException _) {
      // The directory is gone from under us; whoever writes next reports it.
    }
    return sum;
  }

  private static long bytesOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException _) {
      // Compaction removed it between the listing and here.
      return 0;
    }
  }
}
