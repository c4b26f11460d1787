package io.scrubjay.cli.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Tells systemd how a service of `Type=notify` is, by a datagram to the socket `NOTIFY_SOCKET`.
/// Source: `sd_notify(3)`.
final class ServiceReadiness {
  private static final int AF_UNIX = 1;
  private static final int DATAGRAM_CLOSED_ON_EXEC = 0x80002;
  private static final int PATH_BYTES_MAX = 107;

  private ServiceReadiness() {}

  /// `@` at its start means a name that is no file. What fails is told and nothing more.
  static void tell(String socketName, String state) {
    byte[] path = socketName.getBytes(StandardCharsets.UTF_8);
    if (!Posix.available() || path.length == 0 || path.length > PATH_BYTES_MAX) {
      System.err.println("warning: cannot tell " + socketName + ": " + state);
      return;
    }
    int descriptor = Posix.call("socket", AF_UNIX, DATAGRAM_CLOSED_ON_EXEC, 0);
    try (Arena arena = Arena.ofConfined()) {
      int fileName = path[0] == '@' ? 0 : 1;
      MemorySegment address = arena.allocate(Short.BYTES + path.length + fileName, Long.BYTES);
      address.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(path, 0, address, JAVA_BYTE, Short.BYTES, path.length);
      if (fileName == 0) {
        address.set(JAVA_BYTE, Short.BYTES, (byte) 0);
      }
      int result = Posix.call("connect", descriptor, address.address(), address.byteSize());
      if (result >= 0) {
        MemorySegment text = Posix.string(arena, state);
        result = Posix.call("send", descriptor, text.address(), text.byteSize() - 1, 0);
      }
      if (result < 0) {
        System.err.println("warning: cannot tell " + socketName + ": " + Posix.message(-result));
      }
    } finally {
      int _ = Posix.call("close", descriptor);
    }
  }
}
