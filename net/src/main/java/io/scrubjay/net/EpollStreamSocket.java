package io.scrubjay.net;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

final class EpollStreamSocket implements StreamSocket {
  private static final int SHUT_WR = 1;

  private final int id;

  /// -1 when closed, so that a late call can't reach a descriptor that has been given out again.
  private int fd;

  /// The first error number that a call answered; 0: none.
  private int errno;

  /// A read has come to the end.
  private boolean ended;

  /// Asked for when first wanted: most connections are never asked.
  private @Nullable SocketAddress remoteAddress;

  EpollStreamSocket(int fd) {
    this.fd = fd;
    id = fd;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public int read(MemorySegment target, long offset, int bytes) {
    Transfers.checkTarget(target, offset, bytes);
    try {
      int count = LinuxCalls.recv(fd, target.address() + offset, bytes);
      ended |= count == 0;
      return outcome(count);
    } finally {
      Reference.reachabilityFence(target);
    }
  }

  @Override
  public int write(MemorySegment source, long offset, int bytes) {
    Transfers.checkSource(source, offset, bytes);
    try {
      return outcome(LinuxCalls.send(fd, source.address() + offset, bytes));
    } finally {
      Reference.reachabilityFence(source);
    }
  }

  @Override
  public void endOutput() {
    LinuxCalls.shutdown(fd, SHUT_WR);
  }

  /// Of a reset, only the first of the two tries of [LinuxCalls#recv] may have been told; but a
  /// socket that was reset has no peer any more.
  @Override
  public @Nullable String failure() {
    if (ended && errno == 0 && hasNoPeer()) {
      errno = Errno.ECONNRESET;
    }
    return errno == 0 ? null : Errno.name(errno);
  }

  private boolean hasNoPeer() {
    return SocketAddresses.asked(LinuxCalls::getpeername, fd).equals(SocketAddresses.UNKNOWN);
  }

  @Override
  public SocketAddress localAddress() {
    return SocketAddresses.asked(LinuxCalls::getsockname, fd);
  }

  @Override
  public SocketAddress remoteAddress() {
    SocketAddress address = remoteAddress;
    if (address == null) {
      address = SocketAddresses.asked(LinuxCalls::getpeername, fd);
      remoteAddress = address;
    }
    return address;
  }

  @Override
  public void close() {
    if (fd >= 0) {
      LinuxCalls.close(fd);
      fd = -1;
    }
  }

  /// 0 is the end of the stream; a send of at least one byte never answers it.
  private int outcome(int count) {
    if (count > 0) {
      return count;
    }
    if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
      return WOULD_BLOCK;
    }
    errno = errno == 0 ? -count : errno;
    return CLOSED;
  }
}
