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

  /// Changes what a watched socket is watched for; no system call when nothing changes. Holds at
  /// once, also for readiness already collected. A socket watched for nothing is told nothing, not
  /// even that its peer is gone.
  void interest(Watchable socket, int interest);

  /// Stops watching; its handler is not called again, not even for readiness already collected.
  /// Nothing happens for a socket that is not watched. Allowed after [#close] too: sockets may be
  /// closed later than their poller.
  void forget(Watchable socket);

  /// Forgets and closes a socket: where the system itself stops watching what is closed, that is a
  /// system call less.
  void close(Watchable socket);

  /// Waits up to `timeoutMillis` (0: not at all, -1: without limit) and collects what is ready;
  /// returns how many sockets that are, [#READY_MAX] at most. A [#wakeup] or a signal ends the wait
  /// early. Collects anew: what was not dispatched is collected again while it is still ready.
  int await(int timeoutMillis) throws IOException;

  /// Calls the handlers of what [#await] collected and is still watched for; returns how many were
  /// called. A handler that throws doesn't keep the others from their call: the first failure is
  /// thrown after the last handler, the rest suppressed under it.
  int dispatch();

  /// [#await] and [#dispatch] in one.
  default int poll(int timeoutMillis) throws IOException {
    await(timeoutMillis);
    return dispatch();
  }

  /// Ends the present or the next [#await]; cheap when one is already pending, nothing after close.
  void wakeup();

  @Override
  void close();
}
