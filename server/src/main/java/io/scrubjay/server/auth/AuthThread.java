package io.scrubjay.server.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Where passwords are checked, so that a slow hash keeps no worker from its other connections.
///
/// One thread, started by the first check and gone after a minute without any: guessing passwords
/// takes one processor at most. Limits: [#WAITING_MAX] checks wait; one more fails. A connection
/// has one at a time. Threads: any.
public final class AuthThread implements AutoCloseable {
  static final int WAITING_MAX = 1 << 16;
  private static final int IDLE_SECONDS = 60;

  private final ExecutorService executor;

  public AuthThread() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().name("mc-auth").daemon().factory());
    one.allowCoreThreadTimeOut(true);
    this.executor = one;
  }

  /// Runs `check`, then `whenDone`; the future is complete when `whenDone` runs. A check that can't
  /// be run fails.
  public <T> CompletableFuture<T> run(Supplier<T> check, Runnable whenDone) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            result.complete(check.get());
          } catch (RuntimeException | Error mistake) {
            result.completeExceptionally(mistake);
          }
          whenDone.run();
        };
    try {
      executor.execute(task);
    } catch (RejectedExecutionException full) {
      result.completeExceptionally(full);
      whenDone.run();
    }
    return result;
  }

  /// Checks that wait are forgotten, as their connections are closed by then.
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
