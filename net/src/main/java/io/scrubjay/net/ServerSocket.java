package io.scrubjay.net;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A bound, listening, non-blocking socket.
public interface ServerSocket extends Watchable {
  /// The next connection waiting, or null when none is. Accepted sockets are non-blocking and have
  /// TCP_NODELAY set.
  ///
  /// @throws TooManyOpenFilesException the process or the system is out of descriptors (EMFILE,
  ///   ENFILE); the connection stays in the backlog
  /// @throws IOException any other failure of accept that concerns the listener
  @Nullable StreamSocket accept() throws IOException;

  SocketAddress localAddress();
}
