package io.scrubjay.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Waits that end, so that a mistake fails a test instead of hanging the build.
///
/// The bound is far above what any wait takes on a loaded machine: it tells a hang, and says
/// nothing about speed. Errors: `AssertionError` with what was waited for.
///
/// Threads: any.
public final class Await {
  /// For what has a bound of its own, as sockets do.
  public static final int MILLIS_MAX = 60_000;

  private static final Duration AT_MOST = Duration.ofMillis(MILLIS_MAX);
  private static final long POLL_NANOS = 100_000;

  private Await() {}

  /// A question that may fail with `E`.
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    boolean holds() throws E;
  }

  /// Asks again and again, on this thread, until `condition` holds.
  public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
    until(what, AT_MOST, condition);
  }

  static <E extends Exception> void until(String what, Duration atMost, Condition<E> condition)
      throws E {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > atMost.toNanos()) {
        throw new AssertionError("not within " + atMost + ": " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /// What `call` returns or throws. It runs on a thread of its own, since not everything that
  /// blocks can be interrupted: the output of a process can't. That thread is left behind when time
  /// is up.
  public static <T> T result(String what, Callable<T> call) throws Exception {
    return result(what, AT_MOST, call);
  }

  static <T> T result(String what, Duration atMost, Callable<T> call) throws Exception {
    var task = new FutureTask<>(call);
    Thread thread = Thread.ofPlatform().daemon().name("awaits " + what).start(task);
    try {
      return task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      String at =
          Stream.of(thread.getStackTrace()).map(it -> "\n  at " + it).collect(Collectors.joining());
      throw new AssertionError("not within " + atMost + ": " + what + at, late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}
