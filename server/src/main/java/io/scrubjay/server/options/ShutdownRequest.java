package io.scrubjay.server.options;

/// A client asked the server to stop. Called on a worker's thread, and must not wait for it.
@FunctionalInterface
public interface ShutdownRequest {
  /// Sees to it that the server stops.
  ///
  /// @param graceful `shutdown graceful`: what is stored is kept for the next start where there is
  ///   a place for it
  void stop(boolean graceful);
}
