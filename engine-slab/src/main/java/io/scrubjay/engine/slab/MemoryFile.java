package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.scrubjay.engine.FileFailure;
import io.scrubjay.memory.Region;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;

/// `-e FILE`: item memory that is a file, and the metadata file beside it that says what is in it.
///
/// Page 0, which never holds items, begins with a mark and the number of the run that wrote the
/// file; the metadata names that number, so neither belongs to another's. The metadata is deleted
/// before the memory is first changed: whoever ends earlier leaves both as they were, and whoever
/// ends later without writing it anew leaves nothing to be trusted.
///
/// Threads: confined to whoever opens and closes the engine. Ownership: the region is the engine's.
final class MemoryFile {
  private static final long MARK = 0x534A_4D45_4D4F_5259L;
  private static final long RUN_OFFSET = Long.BYTES;

  private final Path metaFile;
  private final Region region;

  private MemoryFile(Path metaFile, Region region) {
    this.metaFile = metaFile;
    this.region = region;
  }

  /// Errors: `IllegalArgumentException` naming the file and what is wrong with it.
  static MemoryFile open(String name, long limitBytes) {
    Path file = Path.of(name);
    try {
      long pages = limitBytes / PagePool.PAGE_BYTES + PagePool.PAGES_NEVER_USED;
      Region region = Region.ofFile(file, pages * PagePool.PAGE_BYTES);
      return new MemoryFile(file.resolveSibling(file.getFileName() + ".meta"), region);
    } catch (IOException unusable) {
      throw new IllegalArgumentException(
          "failed to open file for mmap: " + name + ": " + FileFailure.reason(unusable), unusable);
    }
  }

  Region region() {
    return region;
  }

  private MemorySegment memory() {
    return region.segment();
  }

  /// The metadata of the last run.
  RestartMeta readMeta() throws RestartRefused {
    try {
      if (!Files.exists(metaFile)) {
        throw new RestartRefused("[restart] no metadata save file, starting with a clean cache");
      }
      return RestartMeta.parse(Files.readAllBytes(metaFile));
    } catch (IOException unreadable) {
      throw new RestartRefused(
          "[restart] cannot read the metadata file: " + FileFailure.reason(unreadable));
    }
  }

  /// What the memory holds will not be believed any more. False when that can't be had.
  boolean deleteMeta() {
    try {
      Files.deleteIfExists(metaFile);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /// Whether the file is the one that `run` wrote.
  boolean isOf(long run) {
    return memory().get(JAVA_LONG_UNALIGNED, 0) == MARK
        && memory().get(JAVA_LONG_UNALIGNED, RUN_OFFSET) == run;
  }

  /// From now on it is this run's.
  void mark(long run) {
    memory().set(JAVA_LONG_UNALIGNED, 0, MARK);
    memory().set(JAVA_LONG_UNALIGNED, RUN_OFFSET, run);
  }

  long checksum(long page) {
    CRC32C sum = new CRC32C();
    sum.update(memory().asSlice(page, PagePool.PAGE_BYTES).asByteBuffer());
    return sum.getValue();
  }

  /// Whole or not at all, readable to its owner alone.
  void writeMeta(RestartMeta meta) throws IOException {
    Path unfinished = metaFile.resolveSibling(metaFile.getFileName() + ".tmp");
    Files.deleteIfExists(unfinished);
    if (unfinished.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(
              Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    }
    Files.write(unfinished, meta.toBytes(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Files.move(unfinished, metaFile, StandardCopyOption.ATOMIC_MOVE);
  }
}
