package io.scrubjay.net;

import java.io.IOException;

/// Tells which of the watched sockets are ready. Level-triggered: a socket that is still ready is
/// told again at the next poll.
///
/// Threads: confined to one loop, but for [#wakeup], which any thread may call.
public interface Poller extends AutoCloseable {
  int READ = 1;
  int WRITE = 1 << 1;

  /// No more sockets than this are told in one [#poll]: the bound of a loop turn.
  int READY_MAX = 256;

  /// Watches `socket` for `interest` ([#READ], [#WRITE], both or 0). Sockets of this poller's own
  /// [Network] only.
  void watch(Watchable socket, int interest, ReadyHandler handler) throws IOException;

  /// Changes what a watched socket is watched for; no system call when nothing changes.
  void interest(Watchable socket, int interest);

  /// Stops watching; its handler is not called again, not even for readiness already collected.
  void forget(Watchable socket);

  /// Waits up to `timeoutMillis` (0: not at all, -1: without limit) and calls the handlers of what
  /// is ready; returns how many were called. A [#wakeup] ends the wait.
  int poll(int timeoutMillis) throws IOException;

  /// Ends the present or the next wait of [#poll]; cheap when one is already pending.
  void wakeup();

  @Override
  void close();
}
