package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
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
import java.util.Set;

/// `hostile`: the latency of a healthy load, and what it costs the server, alone and beside clients
/// that stall, drip and never read ([HostileClients]), in turn on the same server.
public final class HostileCommand {
  /// Between the load's start and the measuring.
  private static final int SETTLING_SECONDS = 1;

  private static final List<Metric> METRICS =
      List.of(
          Metric.REQUESTS_PER_SECOND,
          Metric.P50_MICROS,
          Metric.P99_MICROS,
          Metric.P999_MICROS,
          Metric.CPU_MICROS,
          Metric.WAITED_MICROS);

  private final PrintStream out;
  private final Network network = Networks.preferred();
  private final Pinning pinning;
  private final Workload workload;
  private final TlsFiles tls = TlsFiles.make();
  private final Set<HostileKind> kinds;
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
    this.kinds =
        HostileKind.parse(arguments.text("only", HostileKind.words(Set.of(HostileKind.values()))));
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
        "- hostile: "
            + HostileKind.summary(command.kinds)
            + (command.kinds.contains(HostileKind.WATCHERS) ? " (" + command.watchers + ")" : ""));
    out.println("- healthy: " + command.workload.summary() + "; " + command.pinning.summary());
    command.pinning.pinGenerator();
    command.measure(contestants.memcached());
    command.measure(contestants.scrubjay());
  }

  private void measure(ServerCommand command) throws IOException, InterruptedException {
    var alone = new Samples();
    var beside = new Samples();
    try (var server = ServerProcess.start(pinning.pinServer(command), options)) {
      Preload.run(server.address(), workload);
      round(warmupSeconds).measure(server, workload, new Samples());
      for (int i = 0; i < rounds; i++) {
        round(SETTLING_SECONDS).measure(server, workload, alone);
        try (var _ = HostileClients.open(server, tls, watchers, kinds)) {
          round(SETTLING_SECONDS).measure(server, workload, beside);
        }
      }
    }
    out.println();
    out.println("### " + command.name());
    out.println();
    MarkdownTable.lines("alone", alone, "beside them", beside, METRICS).forEach(out::println);
  }

  private Rounds round(int settlingSeconds) {
    return new Rounds(network, options, null, settlingSeconds, seconds, List.of(), List.of());
  }
}
