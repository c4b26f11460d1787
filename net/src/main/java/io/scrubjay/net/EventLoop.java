package io.scrubjay.net;

/// One thread's loop: tasks handed over by other threads, then what the poller says is ready, then
/// the end of the turn; again until [#stop].
///
/// Threads: [#run] is the loop's thread; [#execute] and [#stop] may be called from any. Limits:
/// tasks run per turn are bounded by [#TASKS_PER_TURN_MAX], sockets by [Poller#READY_MAX]. Errors:
/// a handler or task that throws is ours, not the environment's: it goes to the `UncaughtHandler`,
/// and the loop goes on. Ownership: closes its poller when it ends.
public final class EventLoop implements Runnable {
  public static final int TASKS_PER_TURN_MAX = 1024;

  public EventLoop(Poller poller, Turn turn, Thread.UncaughtExceptionHandler onError) {
    throw new UnsupportedOperationException("net: not built yet");
  }

  public Poller poller() {
    throw new UnsupportedOperationException("net: not built yet");
  }

  /// Hands `task` to the loop's thread and wakes it. False, and not run, once the loop has stopped.
  public boolean execute(Runnable task) {
    throw new UnsupportedOperationException("net: not built yet");
  }

  @Override
  public void run() {
    throw new UnsupportedOperationException("net: not built yet");
  }

  /// The loop ends after the present turn; tasks still queued are run first.
  public void stop() {
    throw new UnsupportedOperationException("net: not built yet");
  }
}
