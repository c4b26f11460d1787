package io.scrubjay.cli;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.TlsRefusedException;
import io.scrubjay.server.options.ListenOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The process around a server: prints what [CommandLine] decided, starts it, says when it is ready
/// and stops it on SIGTERM or SIGINT with exit status 0.
public final class Main {
  /// The word before the persistent engine's verbs; memcached takes no words but flags.
  private static final String TOOL = "lldb";

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length > 0 && args[0].equals(TOOL)) {
      System.exit(tool(List.of(args).subList(1, args.length)));
    }
    switch (CommandLine.parse(List.of(args), Host.system())) {
      case Launch.Exit exit -> {
        System.out.print(exit.out());
        System.err.print(exit.err());
        System.out.flush();
        System.exit(exit.status());
      }
      case Launch.Run run -> {
        Scrubjay server = start(run);
        stopOnSignal(server, run.options().log().verbosity());
        System.err.println(ready(place(server, run.options()), startedAt(), Instant.now()));
        new CountDownLatch(1).await();
      }
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

  private static Scrubjay start(Launch.Run run) {
    run.notices().forEach(System.err::println);
    try {
      return Scrubjay.start(run.options());
    } catch (TlsRefusedException refused) {
      System.err.println(refused.getMessage());
      System.exit(Launch.USAGE);
    } catch (IOException failure) {
      System.err.println(failure.getMessage());
      System.exit(Launch.OS_ERROR);
    } catch (IllegalArgumentException | UncheckedIOException refused) {
      System.err.println(refused.getMessage());
      System.exit(Launch.FAILURE);
    }
    throw new AssertionError("exit returned");
  }

  /// The JVM answers SIGTERM and SIGINT by running shutdown hooks and then exits with 128 + the
  /// signal's number; halting at the end of the hook makes that 0, as a client of memcached
  /// expects.
  private static void stopOnSignal(Scrubjay server, int verbosity) {
    PrintStream err = System.err;
    Runnable stop =
        () -> {
          server.close();
          if (verbosity > 0) {
            err.println("Exiting normally");
          }
          Runtime.getRuntime().halt(Launch.SUCCESS);
        };
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "scrubjay-stop"));
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
