package io.scrubjay.cli;

import io.scrubjay.cli.process.ProcessFailure;
import io.scrubjay.cli.process.Surroundings;
import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.TlsRefusedException;
import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.ShutdownRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// The process around a server: prints what [CommandLine] decided, starts it, says when it is ready
/// and stops it when a signal or a client says so.
public final class Main {
  /// The word before the persistent engine's verbs; memcached takes no words but flags.
  private static final String TOOL = "lldb";

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length > 0 && args[0].equals(TOOL)) {
      System.exit(tool(List.of(args).subList(1, args.length)));
    }
    Launch launch = CommandLine.parse(List.of(args), Host.system());
    if (launch instanceof Launch.Exit exit) {
      System.out.print(exit.out());
      System.err.print(exit.err());
      System.out.flush();
      System.exit(exit.status());
    } else if (launch instanceof Launch.Run run) {
      run(run);
      Thread.currentThread().join(); // for ever: this very thread never ends
    }
  }

  private static int tool(List<String> words) {
    try {
      Scrubjay.tool(TOOL, words).forEach(System.out::println);
      return Launch.SUCCESS;
    } catch (IllegalArgumentException | UncheckedIOException refused) {
      System.err.println(refused.getMessage());
      return Launch.FAILURE;
    }
  }

  private static void run(Launch.Run run) {
    var process = new Surroundings(run.process());
    try {
      if (process.startsDaemon()) {
        System.exit(process.startDaemon());
      }
      start(run, process);
    } catch (ProcessFailure failure) {
      end(failure.status(), failure);
    } catch (TlsRefusedException refused) {
      end(Launch.USAGE, refused);
    } catch (IOException failure) {
      end(Launch.OS_ERROR, failure);
    } catch (IllegalArgumentException | UncheckedIOException refused) {
      end(Launch.FAILURE, refused);
    }
  }

  /// memcached's order of start; docs/internals/startup.md walks through it.
  static Scrubjay start(Launch.Run run, Surroundings process) throws IOException {
    ServerOptions options = run.options();
    boolean verbose = options.log().verbosity() > 0;
    run.notices().forEach(System.err::println);
    process.prepare(options.connections().connectionsMax());
    var started = new CompletableFuture<Scrubjay>();
    ShutdownRequest end = endOnSignals(started, process, verbose);
    Scrubjay server =
        Scrubjay.start(options, it -> process.socketsAreOpen(it.addresses(), it.udpAddresses()));
    started.complete(server);
    server.onShutdown(end);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end.stop(false), "scrubjay-stop"));
    System.err.println(ready(place(server, options), startedAt(), Instant.now()));
    process.ready(verbose);
    return server;
  }

  private static void end(int status, Exception failure) {
    System.err.println(failure.getMessage());
    System.exit(status);
  }

  /// Hears signals from now on; one that comes during the start waits for its end, since whoever
  /// sees a socket may send it. Returns what ends the process.
  ///
  /// Where signals can't be heard, the JVM answers SIGTERM and SIGINT by running its hooks, and
  /// would then exit with 128 + the signal's number; halting makes that 0, as memcached does.
  private static ShutdownRequest endOnSignals(
      CompletableFuture<Scrubjay> started, Surroundings process, boolean verbose) {
    PrintStream err = System.err;
    var stops = new AtomicBoolean();
    Runnable stop =
        () -> {
          if (stops.getAndSet(true)) {
            return;
          }
          started.join().close();
          process.leave();
          if (verbose) {
            err.println("Exiting normally");
          }
          Runtime.getRuntime().halt(Launch.SUCCESS);
        };
    Runnable stopGracefully =
        () -> {
          if (stops.getAndSet(true)) {
            return;
          }
          err.println("Gracefully stopping");
          started.join().stopGracefully(verbose ? err::println : _ -> {});
          process.leave();
          Runtime.getRuntime().halt(Launch.SUCCESS);
        };
    Surroundings.onSignals(stop, stopGracefully, () -> started.join().reload());
    return graceful -> (graceful ? stopGracefully : stop).run();
  }

  /// When the operating system started this process, to 10 ms.
  static Instant startedAt() {
    return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
  }

  /// Where clients find it first.
  static String place(Scrubjay server, ServerOptions options) {
    ListenOptions.UnixSocket unix = options.listening().unixSocket();
    if (!server.addresses().isEmpty()) {
      return shown(server.address());
    }
    if (!server.udpAddresses().isEmpty()) {
      return "udp " + shown(server.udpAddresses().getFirst());
    }
    return unix == null ? "a socket handed down" : unix.path();
  }

  static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  static String ready(String place, Instant started, Instant now) {
    long millis = Math.max(0, Duration.between(started, now).toMillis());
    return "scrubjay " + Version.NUMBER + " ready on " + place + " in " + millis + " ms";
  }
}
