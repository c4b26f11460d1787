package io.scrubjay.engine.slab;

import io.scrubjay.engine.EngineEvents;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A thread of the engine's own that works in turns and sleeps as long as each turn says.
///
/// Errors: whatever a turn throws ends that turn only. It is told once for each cause, of
/// [#CAUSES_MAX] causes at most, and the next turn comes after a pause that [#wake] doesn't
/// shorten.
///
/// Threads: [#wake] from any; [#close] once, waits for the turn under way.
final class PacedThread implements AutoCloseable {
  static final int CAUSES_MAX = 8;
  static final long FAILURE_PAUSE_NANOS = 100_000_000;

  /// One turn of work.
  interface Work {
    /// Nanoseconds until the next turn is due; [Long#MAX_VALUE]: when woken.
    long turn(long nowNanos);
  }

  private final Work work;
  private final EngineEvents events;
  private final Thread thread;
  private final Set<String> causesTold = new HashSet<>();
  private volatile boolean stopped;

  PacedThread(String name, Work work, EngineEvents events) {
    this.work = work;
    this.events = events;
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
      try {
        LockSupport.parkNanos(this, work.turn(System.nanoTime()));
      } catch (Throwable failure) {
        tell(failure);
        rest();
      }
    }
  }

  private void tell(Throwable failure) {
    try {
      StackTraceElement[] trace = failure.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      if (causesTold.size() < CAUSES_MAX && causesTold.add(failure.getClass() + where)) {
        events.notice(thread.getName() + " gives a turn up: " + failure + where);
      }
    } catch (Throwable _) {
      // Out of memory, most likely: what can't be told must not end the thread either.
    }
  }

  private void rest() {
    long endNanos = System.nanoTime() + FAILURE_PAUSE_NANOS;
    long left = FAILURE_PAUSE_NANOS;
    while (!stopped && left > 0) {
      LockSupport.parkNanos(this, left);
      left = endNanos - System.nanoTime();
    }
  }

  @Override
  public void close() {
    stopped = true;
    wake();
    awaitEnd(thread);
  }

  /// Waits whatever happens; an interrupt meanwhile is kept for later.
  static void awaitEnd(Thread thread) {
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
