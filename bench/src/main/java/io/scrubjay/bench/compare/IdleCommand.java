package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.load.Load;
import io.scrubjay.bench.load.Preload;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.bench.process.Pinning;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import io.scrubjay.net.Network;
import io.scrubjay.net.Networks;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/// `idle`: what thousands of silent connections cost each server in memory, and what they take from
/// the active ones.
///
/// Resident memory is read twice around the opening, after the server has been warmed by the active
/// load, so that the growth is the connections' and not the JVM's warm-up. The active load is then
/// measured alone and beside the idle ones in turn, on the same server, since a server's speed
/// differs from start to start. `curr_connections` is read while the idle ones are open and once
/// they are closed, less what it was before. Resident memory before them and after closing is read
/// once the server has rested for [#REST_SECONDS], as some of what a server frees it gives back to
/// the system only then.
public final class IdleCommand {
  private static final int CLOSED_SECONDS_MAX = 60;
  private static final int REST_SECONDS = 5;

  private final PrintStream out;
  private final Network network = Networks.preferred();
  private final Pinning pinning;
  private final Workload workload;
  private final int idle;
  private final int rounds;
  private final int warmupSeconds;
  private final int seconds;
  private final List<String> options;

  private record Figures(
      String name,
      double bytesEach,
      double residentAfter,
      int answered,
      long countedOpen,
      long countedAfter,
      Samples alone,
      Samples beside) {}

  private IdleCommand(Arguments arguments, PrintStream out) {
    this.out = out;
    this.pinning = Pinning.parse(arguments.text("pin", "auto"));
    this.workload = Workload.UNPIPELINED.with(arguments);
    this.idle = arguments.integer("idle", 10_000);
    this.rounds = arguments.integer("rounds", 5);
    this.warmupSeconds = arguments.integer("warmup-seconds", 10);
    this.seconds = arguments.integer("seconds", 5);
    this.options =
        List.of(
            "-t",
            arguments.text("workers", "1"),
            "-m",
            arguments.text("memory-mib", "1024"),
            "-c",
            Integer.toString(idle + 1000));
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    var command = new IdleCommand(arguments, out);
    Contestants contestants = Contestants.from(arguments);
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    out.println(
        "- servers: `" + String.join(" ", command.options) + "`; " + command.pinning.summary());
    out.println("- load of the active connections: " + command.workload.summary());
    out.println();
    command.pinning.pinGenerator();
    Figures memcached = command.measure(contestants.memcached());
    Figures scrubjay = command.measure(contestants.scrubjay());
    command.print(memcached, scrubjay);
  }

  private Figures measure(ServerCommand command) throws IOException, InterruptedException {
    var alone = new Samples();
    var beside = new Samples();
    double bytesEach = 0;
    double residentAfter = 0;
    int answered = 0;
    long countedOpen = 0;
    long countedAfter = 0;
    try (var server = ServerProcess.start(pinning.pinServer(command), options);
        LineConnection observer = LineConnection.open(server.address())) {
      long unloaded = currentConnections(observer);
      Preload.run(server.address(), workload);
      requestsPerSecond(server, warmupSeconds);
      for (int i = 0; i < rounds; i++) {
        alone.add(Metric.REQUESTS_PER_SECOND, requestsPerSecond(server, seconds));
        long residentBefore = residentRested(server);
        long countedBefore = settled(observer, unloaded);
        try (var connections = IdleConnections.open(server.address(), idle)) {
          answered = connections.askAll();
          if (i == 0) {
            long growth = server.figures().residentBytes() - residentBefore;
            bytesEach = (double) growth / idle;
          }
          beside.add(Metric.REQUESTS_PER_SECOND, requestsPerSecond(server, seconds));
          answered = Math.min(answered, connections.askAll());
          countedOpen = settled(observer, countedBefore + idle) - countedBefore;
        }
        countedAfter = settled(observer, countedBefore) - countedBefore;
        if (i == 0) {
          residentAfter = (double) residentRested(server) / residentBefore;
        }
      }
    }
    return new Figures(
        command.name(),
        bytesEach,
        residentAfter,
        answered,
        countedOpen,
        countedAfter,
        alone,
        beside);
  }

  /// `curr_connections`, once it says `expected` or after [#CLOSED_SECONDS_MAX]: the server learns
  /// of a close after the client.
  private static long settled(LineConnection observer, long expected)
      throws IOException, InterruptedException {
    long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSED_SECONDS_MAX);
    long counted = currentConnections(observer);
    while (counted != expected && System.nanoTime() < giveUpNanos) {
      TimeUnit.MILLISECONDS.sleep(10);
      counted = currentConnections(observer);
    }
    return counted;
  }

  private static long residentRested(ServerProcess server)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(REST_SECONDS);
    return server.figures().residentBytes();
  }

  private static long currentConnections(LineConnection observer) throws IOException {
    return Long.parseLong(observer.statistic("curr_connections"));
  }

  private double requestsPerSecond(ServerProcess server, int seconds)
      throws IOException, InterruptedException {
    try (Load load = Load.start(network, server.address(), workload)) {
      load.await(TimeUnit.SECONDS.toNanos(1), 1);
      long before = load.answered();
      long startNanos = System.nanoTime();
      load.await(TimeUnit.SECONDS.toNanos(seconds), 1);
      double requests = load.answered() - before;
      double elapsedSeconds = (System.nanoTime() - startNanos) / 1e9;
      load.end();
      return requests / elapsedSeconds;
    }
  }

  private void print(Figures... servers) {
    out.println(
        "| | idle connections answering | counted open, after closing | resident bytes each |"
            + " resident after closing / before | active alone, requests/s | beside the idle ones |"
            + " ratio |");
    out.println("|---|---|---|---|---|---|---|---|");
    for (Figures figures : servers) {
      double alone = median(figures.alone());
      double beside = median(figures.beside());
      out.printf(
          Locale.ROOT,
          "| %s | %,d of %,d | %,d, %,d | %,.0f | %.2f | %,.0f | %,.0f | %.2f |%n",
          figures.name(),
          figures.answered(),
          idle,
          figures.countedOpen(),
          figures.countedAfter(),
          figures.bytesEach(),
          figures.residentAfter(),
          alone,
          beside,
          beside / alone);
    }
  }

  private static double median(Samples samples) {
    OptionalDouble median = samples.median(Metric.REQUESTS_PER_SECOND);
    return median.orElse(Double.NaN);
  }
}
