package io.scrubjay.cli;

import io.scrubjay.cli.process.Surroundings;
import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.options.ShutdownRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What ends the process: a signal, a client's `shutdown`, or the JVM's own way out. The first of
/// them does; those behind it are passed over.
///
/// Whoever sees a socket may send a signal, so one may come during the start. SIGTERM and SIGINT
/// keep nothing, so they end the process at once, however long the start would still take. SIGUSR1
/// waits for its end, since the items that are being taken over are to be kept, and SIGTERM behind
/// it ends the waiting. When the start fails, that ends the process, with its own line and status.
///
/// Where signals can't be heard, the JVM answers SIGTERM and SIGINT by running its hooks, and would
/// then exit with 128 + the signal's number; halting makes that 0, as memcached does.
///
/// Threads: any.
final class ProcessEnd implements ShutdownRequest {
  private final Surroundings process;
  private final boolean verbose;
  private final CompletableFuture<Scrubjay> started = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  ProcessEnd(Surroundings process, boolean verbose) {
    this.process = process;
    this.verbose = verbose;
  }

  void hearSignals() {
    Surroundings.onSignals(() -> stop(false), () -> stop(true), this::reload);
  }

  void started(Scrubjay server) {
    started.complete(server);
  }

  void startFailed(Throwable failure) {
    started.completeExceptionally(failure);
  }

  /// Doesn't return, unless something else ends the process.
  @Override
  public void stop(boolean graceful) {
    if (graceful || started.isDone()) {
      if (begun.getAndSet(true)) {
        return;
      }
      if (graceful) {
        System.err.println("Gracefully stopping");
      }
      Scrubjay server = server();
      if (server == null) {
        return;
      }
      close(server, graceful);
    }
    process.leave();
    if (verbose && !graceful) {
      System.err.println("Exiting normally");
    }
    Runtime.getRuntime().halt(Launch.SUCCESS);
  }

  private void close(Scrubjay server, boolean graceful) {
    if (graceful) {
      server.stopGracefully(verbose ? System.err::println : _ -> {});
    } else {
      server.close();
    }
  }

  private void reload() {
    Scrubjay server = server();
    if (server != null) {
      server.reload();
    }
  }

  /// Waits for the start's end. Null: it has failed.
  private @Nullable Scrubjay server() {
    try {
      return started.join();
    } catch (CompletionException failed) {
      return null;
    }
  }
}
