package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// `struct sockaddr_in` (16 bytes), `sockaddr_in6` (28 bytes) and `sockaddr_un` (up to 110 bytes)
/// as Linux lays them out: the family in the machine's byte order, the port in the network's.
final class SocketAddresses {
  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  /// What a socket whose address can no longer be told answers: 0.0.0.0:0.
  static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

  /// Room for an address of either Internet family.
  static final int INET_BYTES_MAX = 28;

  /// Room for any address.
  static final int BYTES_MAX = 110;

  private static final int UNIX_PATH = 2;
  private static final int INET_BYTES = 16;
  private static final int PORT = 2;
  private static final int INET_ADDRESS = 4;
  private static final int INET6_ADDRESS = 8;
  private static final int INET6_SCOPE = 24;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddresses() {}

  /// One of [LinuxCalls#getsockname] and [LinuxCalls#getpeername].
  @FunctionalInterface
  interface Query {
    int ask(int fd, MemorySegment address, MemorySegment lengthBytes);
  }

  static int family(InetSocketAddress address) {
    return ip(address) instanceof Inet6Address ? AF_INET6 : AF_INET;
  }

  /// Errors: `IllegalArgumentException` for an address that is not resolved.
  static MemorySegment encoded(Arena arena, InetSocketAddress address) {
    InetAddress ip = ip(address);
    byte[] bytes = ip.getAddress();
    boolean inet6 = ip instanceof Inet6Address;
    MemorySegment struct = arena.allocate(inet6 ? INET_BYTES_MAX : INET_BYTES, Integer.BYTES);
    struct.set(JAVA_SHORT, 0, (short) (inet6 ? AF_INET6 : AF_INET));
    struct.set(NETWORK_SHORT, PORT, (short) address.getPort());
    MemorySegment.copy(
        bytes, 0, struct, JAVA_BYTE, inet6 ? INET6_ADDRESS : INET_ADDRESS, bytes.length);
    if (ip instanceof Inet6Address scoped) {
      struct.set(JAVA_INT, INET6_SCOPE, scoped.getScopeId());
    }
    return struct;
  }

  /// Errors: `IOException` for a path that doesn't fit with the zero byte behind it.
  static MemorySegment encoded(Arena arena, UnixDomainSocketAddress address) throws IOException {
    byte[] path = address.getPath().toString().getBytes(StandardCharsets.UTF_8);
    if (UNIX_PATH + path.length + 1 > BYTES_MAX) {
      throw new IOException("the path is longer than " + (BYTES_MAX - UNIX_PATH - 1) + " bytes");
    }
    MemorySegment struct = arena.allocate(UNIX_PATH + path.length + 1, Integer.BYTES);
    struct.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, struct, JAVA_BYTE, UNIX_PATH, path.length);
    return struct;
  }

  /// [#UNKNOWN] when the kernel can't tell, as for the peer of a connection that broke. A unix
  /// socket without a name has an empty path.
  static SocketAddress asked(Query query, int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment struct = arena.allocate(BYTES_MAX, Integer.BYTES);
      MemorySegment lengthBytes = arena.allocate(JAVA_INT);
      lengthBytes.set(JAVA_INT, 0, BYTES_MAX);
      if (query.ask(fd, struct, lengthBytes) < 0) {
        return UNKNOWN;
      }
      return struct.get(JAVA_SHORT, 0) == AF_UNIX
          ? unixAddress(struct, Math.min(lengthBytes.get(JAVA_INT, 0), BYTES_MAX))
          : decoded(struct);
    }
  }

  private static UnixDomainSocketAddress unixAddress(MemorySegment struct, int bytes) {
    byte[] path = struct.asSlice(UNIX_PATH, Math.max(0, bytes - UNIX_PATH)).toArray(JAVA_BYTE);
    int end = 0;
    while (end < path.length && path[end] != 0) {
      end++;
    }
    return UnixDomainSocketAddress.of(new String(path, 0, end, StandardCharsets.UTF_8));
  }

  static InetSocketAddress decoded(MemorySegment struct) {
    int port = Short.toUnsignedInt(struct.get(NETWORK_SHORT, PORT));
    try {
      return switch (struct.get(JAVA_SHORT, 0)) {
        case AF_INET -> new InetSocketAddress(ip(struct, INET_ADDRESS, 4), port);
        case AF_INET6 -> new InetSocketAddress(ip(struct, INET6_ADDRESS, 16), port);
        default -> UNKNOWN;
      };
    } catch (IOException impossible) {
      throw new AssertionError("an address is 4 or 16 bytes", impossible);
    }
  }

  private static InetAddress ip(MemorySegment struct, long offset, int bytes) throws IOException {
    return InetAddress.getByAddress(struct.asSlice(offset, bytes).toArray(JAVA_BYTE));
  }

  private static InetAddress ip(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      throw new IllegalArgumentException("not resolved: " + address);
    }
    return ip;
  }
}
