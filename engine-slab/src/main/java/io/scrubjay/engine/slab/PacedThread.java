package io.scrubjay.engine.slab;

import java.util.concurrent.locks.LockSupport;

/// A thread of the engine's own that works in turns and sleeps as long as each turn says.
///
/// Threads: [#wake] from any; [#close] once, waits for the turn under way.
final class PacedThread implements AutoCloseable {
  /// One turn of work.
  interface Work {
    /// Nanoseconds until the next turn is due; [Long#MAX_VALUE]: when woken.
    long turn(long nowNanos);
  }

  private final Work work;
  private final Thread thread;
  private volatile boolean stopped;

  PacedThread(String name, Work work) {
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// The next turn begins now, or as soon as the present one is over.
  void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!stopped) {
      LockSupport.parkNanos(this, work.turn(System.nanoTime()));
    }
  }

  @Override
  public void close() {
    stopped = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
