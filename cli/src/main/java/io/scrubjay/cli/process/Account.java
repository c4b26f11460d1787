package io.scrubjay.cli.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A user to become. Source: spec C-05.
record Account(int uid, int gid) {
  private static final int ENTRY_BYTES = 48;
  private static final int UID = 16;
  private static final int GID = 20;
  private static final int TEXT_BYTES = 16 << 10;
  private static final int NO_USER = 67;

  /// Errors: [ProcessFailure] for a name that is nobody's.
  static Account named(String name) {
    Posix.require("-u " + name);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entry = arena.allocate(ENTRY_BYTES, Long.BYTES);
      MemorySegment text = arena.allocate(TEXT_BYTES);
      MemorySegment found = arena.allocate(JAVA_LONG);
      int failed =
          Posix.call(
              "getpwnam_r",
              Posix.string(arena, name).address(),
              entry.address(),
              text.address(),
              TEXT_BYTES,
              found.address());
      if (failed != 0 || found.get(JAVA_LONG, 0) == 0) {
        throw new ProcessFailure(NO_USER, "can't find the user " + name + " to switch to");
      }
      return new Account(entry.get(JAVA_INT, UID), entry.get(JAVA_INT, GID));
    }
  }

  /// Makes every thread of this process run as this user: the C library's setgid and setuid see to
  /// all threads, where the system calls of those names change only the caller's.
  ///
  /// Errors: [ProcessFailure]; the process may then be half changed, and must end.
  void become() {
    // Class files are read when first needed, and this user may not be allowed to open them.
    Object _ = Account.class.getResource("/everything-on-the-class-path-is-open-now");
    int groups = Posix.call("setgroups", 0, 0);
    if (groups < 0 && groups != -Posix.EPERM) {
      throw failed("drop the supplementary groups", groups);
    }
    int group = Posix.call("setgid", gid);
    int user = group < 0 ? group : Posix.call("setuid", uid);
    if (user < 0) {
      throw failed("become user " + uid + ", group " + gid, user);
    }
  }

  private static ProcessFailure failed(String what, int result) {
    return new ProcessFailure(
        ProcessFailure.OS_ERROR, "failed to " + what + ": " + Posix.message(-result));
  }
}
