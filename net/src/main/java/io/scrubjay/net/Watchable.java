package io.scrubjay.net;

/// Something a [Poller] can watch.
public interface Watchable extends AutoCloseable {
  /// A small number that names this socket while it is open: the file descriptor where there is
  /// one, otherwise the lowest number not in use.
  int id();

  /// What the poller is to watch: itself, or the socket under it.
  default Watchable polled() {
    return this;
  }

  /// Idempotent. Forget it in its poller first.
  @Override
  void close();
}
