package io.scrubjay.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// The file that a unix socket is known by.
final class UnixSocketFile {
  private static final int S_IFMT = 0170000;
  private static final int S_IFSOCK = 0140000;

  private UnixSocketFile() {}

  /// Takes away a socket that an earlier server left; any other file stays, and binding fails.
  static void makeWay(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && isSocket(path)) {
      Files.delete(path);
    }
  }

  /// Where the file system can't tell a socket from a pipe or a device, all of them are.
  private static boolean isSocket(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return ((Integer) mode & S_IFMT) == S_IFSOCK;
    }
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  /// Where the file system has no such permissions, it decides by itself who may connect.
  static void permit(Path path, int mode) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromOwnerRead = PosixFilePermission.values();
    for (int bit = 0; bit < fromOwnerRead.length; bit++) {
      if ((mode & 0400 >> bit) != 0) {
        granted.add(fromOwnerRead[bit]);
      }
    }
    Files.setPosixFilePermissions(path, granted);
  }
}
