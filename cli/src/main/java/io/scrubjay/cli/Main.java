package io.scrubjay.cli;

import io.scrubjay.cli.process.ProcessFailure;
import io.scrubjay.cli.process.Surroundings;
import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.TlsRefusedException;
import io.scrubjay.server.options.ListenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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

  /// Doesn't return, unless something ends the process.
  private static void run(Launch.Run run) throws InterruptedException {
    var process = new Surroundings(run.process());
    try {
      if (process.startsDaemon()) {
        System.exit(process.startDaemon());
      }
      Scrubjay server = start(run, process);
      new DepartedCrowd(server::connections, System::gc).watch();
    } catch (ProcessFailure failure) {
      end(failure.status(), failure);
    } catch (TlsRefusedException refused) {
      end(Launch.USAGE, refused);
    } catch (IOException failure) {
      end(Launch.OS_ERROR, failure);
    } catch (IllegalArgumentException | UncheckedIOException refused) {
      end(Launch.FAILURE, refused);
    } catch (RuntimeException | Error mistake) {
      mistake.printStackTrace();
      System.exit(Launch.FAILURE);
    }
  }

  /// memcached's order of start; docs/internals/startup.md walks through it.
  static Scrubjay start(Launch.Run run, Surroundings process) throws IOException {
    ServerOptions options = run.options();
    boolean verbose = options.log().verbosity() > 0;
    run.notices().forEach(System.err::println);
    process.prepare(options.connections().connectionsMax());
    var end = new ProcessEnd(process, verbose);
    end.hearSignals();
    Scrubjay server;
    try {
      server =
          Scrubjay.start(options, it -> process.socketsAreOpen(it.addresses(), it.udpAddresses()));
    } catch (IOException | RuntimeException | Error failed) {
      end.startFailed(failed);
      process.leave();
      throw failed;
    }
    end.started(server);
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
