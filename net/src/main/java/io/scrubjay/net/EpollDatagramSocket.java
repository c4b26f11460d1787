package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;

/// The sender is a `sockaddr` that the kernel writes on the way in and reads on the way out.
final class EpollDatagramSocket implements DatagramSocket {
  private final int id;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment sender =
      arena.allocate(SocketAddresses.INET_BYTES_MAX, Integer.BYTES);
  private final MemorySegment senderBytes = arena.allocate(JAVA_INT);
  private final InetSocketAddress localAddress;

  /// -1 when closed, so that a late call can't reach a descriptor that has been given out again.
  private int fd;

  EpollDatagramSocket(int fd) {
    this.fd = fd;
    id = fd;
    localAddress = (InetSocketAddress) SocketAddresses.asked(LinuxCalls::getsockname, fd);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public int receive(MemorySegment target, long offset, int bytes) {
    Transfers.checkTarget(target, offset, bytes);
    if (fd < 0) {
      return CLOSED;
    }
    try {
      senderBytes.set(JAVA_INT, 0, SocketAddresses.INET_BYTES_MAX);
      long address = target.address() + offset;
      return outcome(
          LinuxCalls.recvfrom(fd, address, bytes, sender.address(), senderBytes.address()));
    } finally {
      Reference.reachabilityFence(target);
    }
  }

  @Override
  public int send(MemorySegment source, long offset, int bytes) {
    Transfers.checkSource(source, offset, bytes);
    if (fd < 0 || senderBytes.get(JAVA_INT, 0) == 0) {
      return CLOSED;
    }
    try {
      long address = source.address() + offset;
      int addressBytes = senderBytes.get(JAVA_INT, 0);
      return outcome(LinuxCalls.sendto(fd, address, bytes, sender.address(), addressBytes));
    } finally {
      Reference.reachabilityFence(source);
    }
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public void close() {
    if (fd >= 0) {
      LinuxCalls.close(fd);
      fd = -1;
      arena.close();
    }
  }

  /// 0 is an empty datagram, which nobody here ever sends.
  private static int outcome(int count) {
    if (count >= 0) {
      return count;
    }
    return count == -Errno.EAGAIN || count == -Errno.EINTR ? WOULD_BLOCK : CLOSED;
  }
}
