package io.scrubjay.cli.process;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.scrubjay.server.options.ConnectionOptions;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Resource limits of the process. Source: spec C-06, `-r`, `-k`.
final class Limits {
  /// Descriptors besides those of connections: class files, pollers, the engine's files, and
  /// sockets whose connections are over.
  static final int SPARE_FILES = 256 + ConnectionOptions.LINGERING_MAX;

  private static final String OPEN_FILES = "\nMax open files ";
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_MEMLOCK = 8;
  private static final long UNLIMITED = -1;
  private static final int MCL_CURRENT = 1;
  private static final int MCL_FUTURE = 2;

  /// A page is locked when it is first used. Without this, so are the 32 GiB of addresses that an
  /// engine reserves, which is more memory than most machines have. So where the kernel doesn't
  /// know it, which 4.4 was the first to do, nothing is locked rather than that.
  private static final int MCL_ONFAULT = 4;

  private Limits() {}

  /// Sees to it that `connectionsMax` descriptors may be open, and tries for those that the JVM
  /// needs besides. The JVM has raised the soft limit to the hard one already, so a look at it
  /// usually suffices.
  ///
  /// Errors: [ProcessFailure] with memcached's line.
  static void openFiles(int connectionsMax) {
    long allowed = openFilesAllowed();
    long wanted = (long) connectionsMax + SPARE_FILES;
    if (allowed >= wanted
        || (Posix.available() && set(RLIMIT_NOFILE, wanted, wanted) >= 0)
        || allowed >= connectionsMax) {
      return;
    }
    throw new ProcessFailure(
        ProcessFailure.OS_ERROR,
        "failed to set rlimit for open files. Try starting as root or requesting smaller maxconns"
            + " value.");
  }

  /// Where there is no /proc to look into, there is no limit that we know.
  private static long openFilesAllowed() {
    try (InputStream limits = new FileInputStream("/proc/self/limits")) {
      String lines = new String(limits.readAllBytes(), StandardCharsets.US_ASCII);
      int at = lines.indexOf(OPEN_FILES);
      if (at < 0) {
        return Long.MAX_VALUE;
      }
      String soft = lines.substring(at + OPEN_FILES.length()).stripLeading().split(" ", 2)[0];
      return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
    } catch (IOException noProc) {
      return Long.MAX_VALUE;
    }
  }

  /// As large a core file as may be.
  ///
  /// Errors: [ProcessFailure] with memcached's line when that is none.
  static void coreFiles() {
    Posix.require("-r");
    if (set(RLIMIT_CORE, UNLIMITED, UNLIMITED) >= 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(JAVA_LONG, 2);
      int got = Posix.call("getrlimit", RLIMIT_CORE, pair.address());
      long hard = pair.getAtIndex(JAVA_LONG, 1);
      if (got < 0 || hard == 0 || set(RLIMIT_CORE, hard, hard) < 0) {
        throw new ProcessFailure(ProcessFailure.OS_ERROR, "failed to ensure corefile creation");
      }
    }
  }

  private static int set(int resource, long soft, long hard) {
    try (Arena arena = Arena.ofConfined()) {
      return Posix.call("setrlimit", resource, arena.allocateFrom(JAVA_LONG, soft, hard).address());
    }
  }

  /// Keeps all memory that is used resident, now and later; a warning where that can't be.
  ///
  /// Later memory counts against RLIMIT_MEMLOCK once the process is no more root's, and beyond the
  /// limit none is given out. So with `leavesRoot` the limit is lifted first, and where that is not
  /// allowed only what is there now is locked.
  static void lockMemory(boolean leavesRoot) {
    if (!Posix.available()) {
      System.err.println("warning: -k invalid, mlockall() not supported on this platform");
      return;
    }
    int flags = MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;
    int lifted = leavesRoot ? set(RLIMIT_MEMLOCK, UNLIMITED, UNLIMITED) : 0;
    if (lifted < 0) {
      flags = MCL_CURRENT | MCL_ONFAULT;
      System.err.println(
          "warning: -k locks only the memory of now; the limit for the user of -u can't be lifted: "
              + Posix.message(-lifted));
    }
    int locked = Posix.call("mlockall", flags);
    if (locked < 0) {
      System.err.println("warning: -k invalid, mlockall() failed: " + Posix.message(-locked));
    }
  }
}
