package io.scrubjay.engine.lldb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory that holds the data: checked before anything in it is made or changed, locked, and
/// marked with the format it is in.
///
/// Shape: `LOCK`, locked as long as the engine is open; `FORMAT`, two lines, the format's number
/// and where the log lies, written last of all when the directory is new; `db/`, RocksDB's. A
/// directory without `FORMAT` has never served anything. Errors: `IllegalArgumentException` in one
/// line. Threads: confined to whoever opens it.
final class DataDirectory implements AutoCloseable {
  static final int FORMAT = 1;
  private static final String FORMAT_WORD = "scrubjay-lldb ";
  private static final String WAL_WORD = "wal_dir ";
  private static final String WAL_INSIDE = "db";
  private static final Set<String> UNFINISHED = Set.of("LOCK", "FORMAT.new", "db", "lost+found");

  private final Path root;
  private final @Nullable Path walDir;
  private final boolean isNew;
  private final FileChannel lockFile;

  private DataDirectory(Path root, @Nullable Path walDir, boolean isNew, FileChannel lockFile) {
    this.root = root;
    this.walDir = walDir;
    this.isNew = isNew;
    this.lockFile = lockFile;
  }

  static DataDirectory open(Path root, @Nullable Path walDir) {
    requireWritableDirectory("data_dir", root);
    if (walDir != null) {
      requireWritableDirectory("wal_dir", walDir);
    }
    boolean isNew = !Files.exists(root.resolve("FORMAT"));
    if (isNew) {
      requireNothingForeign(root);
    } else {
      requireKnownFormat(root, walDir);
    }
    return new DataDirectory(root, walDir, isNew, lock(root));
  }

  /// It has never served anything.
  boolean isNew() {
    return isNew;
  }

  Path root() {
    return root;
  }

  Path database() {
    return root.resolve("db");
  }

  @Nullable Path walDir() {
    return walDir;
  }

  /// Marks a new directory as one of this format, durably.
  void markFormat() {
    try {
      Path fresh = root.resolve("FORMAT.new");
      String where = walDir == null ? WAL_INSIDE : walDir.toString();
      Files.writeString(fresh, FORMAT_WORD + FORMAT + "\n" + WAL_WORD + where + "\n");
      try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      Files.move(fresh, root.resolve("FORMAT"), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(root, StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("data_dir " + root + " can't be marked as ours", failed);
    }
  }

  private static void requireWritableDirectory(String name, Path path) {
    Setting.require(Files.exists(path), name, path, "a directory that exists");
    Setting.require(Files.isDirectory(path), name, path, "a directory");
    Setting.require(
        Files.isReadable(path) && Files.isWritable(path) && Files.isExecutable(path),
        name,
        path,
        "a directory that this user may read and write");
  }

  private static void requireNothingForeign(Path root) {
    List<String> names = names(root);
    boolean unfinished = !names.contains("db") || names.contains("LOCK");
    for (String name : names) {
      Setting.require(
          unfinished && UNFINISHED.contains(name),
          "data_dir",
          root,
          "empty or a data directory of this engine's, but it holds " + name);
    }
  }

  private static List<String> names(Path root) {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException("data_dir " + root + " can't be listed", failed);
    }
  }

  private static void requireKnownFormat(Path root, @Nullable Path walDir) {
    List<String> lines = lines(root.resolve("FORMAT"));
    String version = lines.isEmpty() ? "" : lines.getFirst();
    Setting.require(
        version.startsWith(FORMAT_WORD) && lines.size() >= 2 && lines.get(1).startsWith(WAL_WORD),
        "data_dir",
        root,
        "a data directory of this engine's, but its FORMAT file is not one");
    String number = version.substring(FORMAT_WORD.length());
    Setting.require(
        number.equals(Integer.toString(FORMAT)),
        "data_dir",
        root,
        "of format " + FORMAT + ", but it is of format " + number);
    String recorded = lines.get(1).substring(WAL_WORD.length());
    String wanted = walDir == null ? WAL_INSIDE : walDir.toString();
    Setting.require(
        recorded.equals(wanted),
        "wal_dir",
        walDir == null ? "(not given)" : walDir,
        (recorded.equals(WAL_INSIDE) ? "left out" : recorded) + ", where this data's log lies");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " can't be read", failed);
    }
  }

  private static FileChannel lock(Path root) {
    FileChannel file;
    try {
      file =
          FileChannel.open(
              root.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException failed) {
      throw new UncheckedIOException("data_dir " + root + " can't be locked", failed);
    }
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return file;
      }
    } catch (OverlappingFileLockException _) {
      // Held by this very process: refused below, as for any other.
    } catch (IOException failed) {
      close(file);
      throw new UncheckedIOException("data_dir " + root + " can't be locked", failed);
    }
    close(file);
    throw Setting.refused("data_dir", root, "free, but another server has it open");
  }

  private static void close(FileChannel file) {
    try {
      file.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("the lock of a data directory can't be given back", failed);
    }
  }

  /// Gives the lock back.
  @Override
  public void close() {
    close(lockFile);
  }
}
