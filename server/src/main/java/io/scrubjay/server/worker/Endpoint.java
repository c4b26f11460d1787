package io.scrubjay.server.worker;

import java.io.IOException;

/// What serves a socket that carries no connections, as long as its worker lives. Threads: confined
/// to its worker.
public interface Endpoint {

  /// For `stats conns`.
  ConnectionRow row();

  /// Gives everything back, the socket too; while the worker's poller is still there.
  void close();

  /// Makes an endpoint on its worker's thread and watches its socket. What fails leaves the socket
  /// closed.
  interface Opening {
    Endpoint open(Worker worker) throws IOException;
  }
}
