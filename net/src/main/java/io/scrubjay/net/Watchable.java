package io.scrubjay.net;

/// Something a [Poller] can watch.
public interface Watchable extends AutoCloseable {
  /// A small number that names this socket while it is open: the file descriptor where there is
  /// one, otherwise the lowest number not in use.
  int id();

  /// Idempotent. Forget it in its poller first.
  @Override
  void close();
}
