package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

/// Linux's own sockets and epoll, by the foreign function API. Start reading at [LinuxCalls].
final class EpollNetwork implements Network {
  static final String NAME = "epoll";

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_KEEPALIVE = 9;
  private static final int SO_LINGER = 13;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int F_SETFL = 4;

  private static final int INHERITED_BACKLOG = 4096;

  /// What accept4 and socket are told of a new descriptor.
  static final int NEW_SOCKET_FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ServerSocket listen(InetSocketAddress address, int backlog) throws IOException {
    int fd = socket(address, SOCK_STREAM);
    try (Arena arena = Arena.ofConfined()) {
      String what = "listening on " + InetText.of(address);
      if (SocketAddresses.family(address) == SocketAddresses.AF_INET6) {
        set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1, what);
      }
      set(fd, SOL_SOCKET, SO_REUSEADDR, 1, what);
      set(fd, SOL_SOCKET, SO_KEEPALIVE, 1, what);
      // A `struct linger` of zeroes: off, so that close goes on sending in the background.
      must(LinuxCalls.setsockopt(fd, SOL_SOCKET, SO_LINGER, arena.allocate(8, 4)), what);
      // Linux hands the listener's options on to what it accepts.
      set(fd, IPPROTO_TCP, TCP_NODELAY, 1, what);
      must(LinuxCalls.bind(fd, SocketAddresses.encoded(arena, address)), what);
      must(LinuxCalls.listen(fd, backlog), what);
      return new EpollServerSocket(fd);
    } catch (IOException | RuntimeException failure) {
      LinuxCalls.close(fd);
      throw failure;
    }
  }

  @Override
  public ServerSocket listen(UnixDomainSocketAddress path, int mode, int backlog)
      throws IOException {
    UnixSocketFile.makeWay(path.getPath());
    int fd =
        must(LinuxCalls.socket(SocketAddresses.AF_UNIX, SOCK_STREAM | NEW_SOCKET_FLAGS), "socket");
    try (Arena arena = Arena.ofConfined()) {
      must(LinuxCalls.bind(fd, SocketAddresses.encoded(arena, path)), "bind");
      UnixSocketFile.permit(path.getPath(), mode);
      must(LinuxCalls.listen(fd, backlog), "listen");
      return new EpollServerSocket(fd);
    } catch (IOException | RuntimeException failure) {
      LinuxCalls.close(fd);
      throw failure;
    }
  }

  @Override
  public ServerSocket inherited(int descriptor) throws IOException {
    String what = "taking over descriptor " + descriptor;
    must(LinuxCalls.fcntl(descriptor, F_SETFL, SOCK_NONBLOCK), what);
    // Listening again changes nothing but the backlog, and fails for what is no stream socket.
    must(LinuxCalls.listen(descriptor, INHERITED_BACKLOG), what);
    return new EpollServerSocket(descriptor);
  }

  @Override
  public StreamSocket connect(InetSocketAddress address) throws IOException {
    int fd = socket(address, SOCK_STREAM);
    try (Arena arena = Arena.ofConfined()) {
      String what = "connecting to " + InetText.of(address);
      set(fd, IPPROTO_TCP, TCP_NODELAY, 1, what);
      int errno = -LinuxCalls.connect(fd, SocketAddresses.encoded(arena, address));
      if (errno > 0 && errno != Errno.EINPROGRESS && !Errno.isPeerFailure(errno)) {
        throw Errno.exception(errno, what);
      }
      return new EpollStreamSocket(fd);
    } catch (IOException | RuntimeException failure) {
      LinuxCalls.close(fd);
      throw failure;
    }
  }

  @Override
  public DatagramSocket bindDatagram(InetSocketAddress address) throws IOException {
    int fd = socket(address, SOCK_DGRAM);
    try (Arena arena = Arena.ofConfined()) {
      String what = "binding UDP to " + InetText.of(address);
      if (SocketAddresses.family(address) == SocketAddresses.AF_INET6) {
        set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1, what);
      }
      must(LinuxCalls.bind(fd, SocketAddresses.encoded(arena, address)), what);
      return new EpollDatagramSocket(fd);
    } catch (IOException | RuntimeException failure) {
      LinuxCalls.close(fd);
      throw failure;
    }
  }

  @Override
  public Poller openPoller() throws IOException {
    return EpollPoller.open();
  }

  private static int socket(InetSocketAddress address, int type) throws IOException {
    int family = SocketAddresses.family(address);
    return must(LinuxCalls.socket(family, type | NEW_SOCKET_FLAGS), "a socket for " + address);
  }

  private static void set(int fd, int level, int option, int value, String what)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(JAVA_INT, value);
      must(LinuxCalls.setsockopt(fd, level, option, bytes), what);
    }
  }

  static int must(int result, String what) throws IOException {
    if (result < 0) {
      throw Errno.exception(-result, what);
    }
    return result;
  }
}
