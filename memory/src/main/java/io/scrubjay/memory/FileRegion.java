package io.scrubjay.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A [Region] that is a file's contents: it outlives the process. It is locked against others who
/// ask for the lock, as another region over it does; but a lock of POSIX is gone from other
/// processes' sight once this one has closed the file anywhere, as when it refuses a second region.
/// The file is as long as the region; parts never written take no room on disk where the file
/// system has holes.
final class FileRegion implements Region {
  private final FileChannel locked;
  private final Arena arena;
  private final MemorySegment segment;

  private FileRegion(FileChannel locked, Arena arena, MemorySegment segment) {
    this.locked = locked;
    this.arena = arena;
    this.segment = segment;
  }

  /// Errors: `IOException` naming the file: when somebody else has it, and also when its file
  /// system has no room for all of it: a write to a page that the disk can't hold would be a fault
  /// far from here.
  static FileRegion map(Path file, long bytes) throws IOException {
    FileChannel channel = open(file);
    try {
      requireLock(channel, file);
      return map(channel, file, bytes);
    } catch (IOException | RuntimeException | Error refused) {
      channel.close();
      throw refused;
    }
  }

  private static void requireLock(FileChannel channel, Path file) throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      free = false;
    } catch (IOException impossible) {
      throw new FileSystemException(file.toString(), null, "no lock: " + impossible.getMessage());
    }
    if (!free) {
      throw new FileSystemException(file.toString(), null, "another server has it open");
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by #close
  private static FileRegion map(FileChannel channel, Path file, long bytes) throws IOException {
    long missing = bytes - Math.min(bytes, channel.size());
    if (Files.getFileStore(file).getUsableSpace() < missing) {
      throw new FileSystemException(
          file.toString(), null, "no room for " + bytes + " bytes on its file system");
    }
    channel.truncate(bytes);
    Arena arena = Arena.ofShared();
    try {
      return new FileRegion(channel, arena, channel.map(MapMode.READ_WRITE, 0, bytes, arena));
    } catch (IOException | RuntimeException | Error refused) {
      arena.close();
      throw refused;
    }
  }

  /// Others may neither read nor write a file that this makes (mode 0700, as memcached's).
  private static FileChannel open(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mode = {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        posix ? mode : new FileAttribute<?>[0]);
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  /// Only checks the range: the file keeps what it has.
  @Override
  public void discard(long offset, long bytes) {
    segment.asSlice(offset, bytes);
  }

  @Override
  public boolean preferLargePages(long offset, long bytes) {
    return false;
  }

  @Override
  public void close() {
    arena.close();
    try {
      locked.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("the lock of a memory file can't be given back", failed);
    }
  }
}
