package io.scrubjay.server;

import java.util.concurrent.locks.LockSupport;

/// A thread that does one thing once a second, of the time that passes here and not of the cache's
/// clock, until stopped. A failure is told, and the next second tries again.
///
/// Threads: [#stop] any; it waits for the one under way.
final class EverySecond {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Runnable work;
  private final Thread.UncaughtExceptionHandler onError;
  private final Thread thread;
  private volatile boolean stopped;

  private EverySecond(String name, Runnable work, Thread.UncaughtExceptionHandler onError) {
    this.work = work;
    this.onError = onError;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  static EverySecond start(String name, Runnable work, Thread.UncaughtExceptionHandler onError) {
    EverySecond started = new EverySecond(name, work, onError);
    started.thread.start();
    return started;
  }

  private void run() {
    long next = System.nanoTime() + NANOS_PER_SECOND;
    while (!stopped) {
      LockSupport.parkNanos(this, next - System.nanoTime());
      if (stopped || System.nanoTime() - next < 0) {
        continue;
      }
      next += NANOS_PER_SECOND;
      try {
        work.run();
      } catch (RuntimeException | Error mistake) {
        onError.uncaughtException(thread, mistake);
      }
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    LockSupport.unpark(thread);
    thread.join();
  }
}
