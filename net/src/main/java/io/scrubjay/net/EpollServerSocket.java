package io.scrubjay.net;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

final class EpollServerSocket implements ServerSocket {
  /// Connections that died in the backlog are skipped, but no more than this in one call.
  private static final int DEAD_SKIPPED_MAX = 64;

  private final int id;
  private final SocketAddress localAddress;

  /// -1 when closed, so that a late call can't reach a descriptor that has been given out again.
  private int fd;

  EpollServerSocket(int fd) {
    this.fd = fd;
    id = fd;
    localAddress = SocketAddresses.asked(LinuxCalls::getsockname, fd);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public @Nullable StreamSocket accept() throws IOException {
    for (int skipped = 0; skipped < DEAD_SKIPPED_MAX; skipped++) {
      int accepted = LinuxCalls.accept4(fd, EpollNetwork.NEW_SOCKET_FLAGS);
      if (accepted >= 0) {
        return new EpollStreamSocket(accepted);
      }
      switch (Errno.acceptFailure(-accepted)) {
        case NONE_WAITING -> {
          return null;
        }
        case TRY_AGAIN -> {}
        case OUT_OF_FILES, BROKEN ->
            throw Errno.exception(-accepted, "accepting on " + localAddress);
      }
    }
    return null;
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public void close() {
    if (fd >= 0) {
      LinuxCalls.close(fd);
      fd = -1;
    }
  }
}
