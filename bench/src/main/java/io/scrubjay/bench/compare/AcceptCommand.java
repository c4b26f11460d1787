package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.process.Pinning;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// `accept`: connections per second, each opened, answered one `version` and closed, and what one
/// costs the server.
///
/// Clients are blocking threads that close with a reset, so that no port stays in TIME_WAIT. The
/// two servers take turns; one round before the first warms client and JVM up.
public final class AcceptCommand {
  private final PrintStream out;
  private final Pinning pinning;
  private final int rounds;
  private final int seconds;
  private final int clients;
  private final List<String> options;

  private AcceptCommand(Arguments arguments, PrintStream out) {
    this.out = out;
    this.pinning = Pinning.parse(arguments.text("pin", "auto"));
    this.rounds = arguments.integer("rounds", 5);
    this.seconds = arguments.integer("seconds", 5);
    this.clients = arguments.integer("clients", 8);
    this.options = List.of("-t", arguments.text("workers", "1"));
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    var command = new AcceptCommand(arguments, out);
    Contestants contestants = Contestants.from(arguments);
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    command.out.println(
        "- servers: `" + String.join(" ", command.options) + "`; " + command.pinning.summary());
    command.out.println("- " + command.clients + " clients, one connection at a time each");
    command.out.println();
    command.pinning.pinGenerator();
    command.compare(contestants);
  }

  private void compare(Contestants contestants) throws IOException, InterruptedException {
    try (var memcached = start(contestants.memcached());
        var scrubjay = start(contestants.scrubjay())) {
      List<Double> theirRate = new ArrayList<>();
      List<Double> theirMicros = new ArrayList<>();
      List<Double> ourRate = new ArrayList<>();
      List<Double> ourMicros = new ArrayList<>();
      measure(memcached, new ArrayList<>(), new ArrayList<>());
      measure(scrubjay, new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < rounds; i++) {
        measure(memcached, theirRate, theirMicros);
        measure(scrubjay, ourRate, ourMicros);
      }
      out.println("| | connections/s, median (min..max) | server CPU us each |");
      out.println("|---|---|---|");
      out.println("| memcached | " + Spread.of(theirRate) + " | " + Spread.of(theirMicros) + " |");
      out.println("| Scrubjay | " + Spread.of(ourRate) + " | " + Spread.of(ourMicros) + " |");
    }
  }

  private ServerProcess start(ServerCommand command) throws IOException, InterruptedException {
    return ServerProcess.start(pinning.pinServer(command), options);
  }

  private void measure(ServerProcess server, List<Double> rate, List<Double> micros)
      throws IOException, InterruptedException {
    long cpuBefore = server.figures().cpuNanos();
    long startNanos = System.nanoTime();
    long endNanos = startNanos + TimeUnit.SECONDS.toNanos(seconds);
    long connections = 0;
    try (var threads = Executors.newFixedThreadPool(clients)) {
      Callable<Integer> client = () -> connectUntil(server, endNanos);
      for (var count : threads.invokeAll(Collections.nCopies(clients, client))) {
        connections += count.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("a client failed: " + failed.getCause(), failed);
    }
    rate.add(connections / ((System.nanoTime() - startNanos) / 1e9));
    micros.add((server.figures().cpuNanos() - cpuBefore) / 1e3 / connections);
  }

  private static int connectUntil(ServerProcess server, long endNanos) throws IOException {
    int count = 0;
    while (System.nanoTime() - endNanos < 0) {
      try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
        socket.setSoLinger(true, 0);
        ServerProcess.version(socket);
        count++;
      }
    }
    return count;
  }
}
