package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.load.Load;
import io.scrubjay.bench.load.Preload;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.bench.process.Pinning;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import io.scrubjay.bench.process.TlsFiles;
import io.scrubjay.net.Network;
import io.scrubjay.net.Networks;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// `hostile`: the tail latency of a healthy load alone, and beside clients that stall, drip and
/// never read ([HostileClients]), in turn on the same server.
public final class HostileCommand {
  private final PrintStream out;
  private final Network network = Networks.preferred();
  private final Pinning pinning;
  private final Workload workload;
  private final TlsFiles tls = TlsFiles.make();
  private final int watchers;
  private final int rounds;
  private final int warmupSeconds;
  private final int seconds;
  private final List<String> options = new ArrayList<>();

  private HostileCommand(Arguments arguments, PrintStream out)
      throws IOException, InterruptedException {
    this.out = out;
    this.pinning = Pinning.parse(arguments.text("pin", "auto"));
    this.workload = Workload.UNPIPELINED.with(arguments);
    this.watchers = arguments.integer("watchers", 20);
    this.rounds = arguments.integer("rounds", 5);
    this.warmupSeconds = arguments.integer("warmup-seconds", 10);
    this.seconds = arguments.integer("seconds", 5);
    options.addAll(
        List.of("-t", arguments.text("workers", "1"), "-m", arguments.text("memory-mib", "1024")));
    options.addAll(tls.options());
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    var command = new HostileCommand(arguments, out);
    Contestants contestants = Contestants.from(arguments);
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    out.println(
        "- hostile: a reader and a writer that stall, a TLS handshake byte by byte, "
            + command.watchers
            + " watchers that never read");
    out.println("- healthy: " + command.workload.summary() + "; " + command.pinning.summary());
    out.println();
    command.pinning.pinGenerator();
    out.println("| | p99 alone, us | p99 beside them, us | ratio |");
    out.println("|---|---|---|---|");
    command.measure(contestants.memcached());
    command.measure(contestants.scrubjay());
  }

  private void measure(ServerCommand command) throws IOException, InterruptedException {
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    try (var server = ServerProcess.start(pinning.pinServer(command), options)) {
      Preload.run(server.address(), workload);
      p99Micros(server, warmupSeconds);
      for (int i = 0; i < rounds; i++) {
        alone.add(p99Micros(server, seconds));
        try (var _ = HostileClients.open(server, tls, watchers)) {
          beside.add(p99Micros(server, seconds));
        }
      }
    }
    double before = Spread.of(alone).median();
    double with = Spread.of(beside).median();
    out.printf(
        Locale.ROOT, "| %s | %.1f | %.1f | %.2f |%n", command.name(), before, with, with / before);
  }

  private double p99Micros(ServerProcess server, int seconds)
      throws IOException, InterruptedException {
    try (Load load = Load.start(network, server.address(), workload)) {
      load.await(TimeUnit.SECONDS.toNanos(1), 1);
      load.record(true);
      load.await(TimeUnit.SECONDS.toNanos(seconds), 1);
      load.record(false);
      return load.end().getValueAtPercentile(99) / 1000.0;
    }
  }
}
