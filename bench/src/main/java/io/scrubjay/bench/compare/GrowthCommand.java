package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.process.Pinning;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.HdrHistogram.Histogram;

/// `growth`: what a client feels while millions of items come in and the hash index grows, and what
/// an item costs in resident memory.
///
/// One connection stores without a pause; another asks for items that are stored already, one at a
/// time, and notes how long each answer takes: while the first is at it, and then as often again
/// afterwards. Resident memory, less what the server had at its start, is read at each checkpoint,
/// a while after the last item: what a growing table or a compiler at work has for the moment is
/// given back by then. Gets of that while don't count. Before a server's figures count, every item
/// asked for must have been there.
public final class GrowthCommand {
  private static final double[] PERCENTILES = {50, 99, 99.9, 100};
  private static final int AFTER_SECONDS = 5;
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Pinning pinning;
  private final long[] checkpoints;
  private final int valueBytes;
  private final List<String> options;

  private volatile boolean settling;

  private record Figures(
      String name, List<Double> bytesEach, Histogram during, Histogram after, String power) {}

  private GrowthCommand(Arguments arguments, PrintStream out) {
    this.out = out;
    this.pinning = Pinning.parse(arguments.text("pin", "auto"));
    this.valueBytes = arguments.integer("value-bytes", 100);
    long items = arguments.number("items", 12_000_000);
    // A tenth of it and all of it are told apart by the fixed cost that each bears a part of.
    this.checkpoints = new long[] {items / 12, items * 10 / 12, items};
    this.options =
        List.of("-t", arguments.text("workers", "2"), "-m", arguments.text("memory-mib", "4096"));
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    var command = new GrowthCommand(arguments, out);
    Contestants contestants = Contestants.from(arguments);
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    out.println(
        "- servers: `" + String.join(" ", command.options) + "`; " + command.pinning.summary());
    out.println("- values of " + command.valueBytes + " bytes, keys of 12");
    out.println();
    command.pinning.pinGenerator();
    command.print(
        command.measure(contestants.memcached()), command.measure(contestants.scrubjay()));
  }

  private Figures measure(ServerCommand command) throws IOException, InterruptedException {
    try (var server = ServerProcess.start(pinning.pinServer(command), options);
        var writer = GrowthConnection.open(server.address(), valueBytes);
        var reader = GrowthConnection.open(server.address(), valueBytes)) {
      long residentBefore = server.figures().residentBytes();
      List<Double> bytesEach = new ArrayList<>();
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                for (long checkpoint : checkpoints) {
                  writer.storeTo(checkpoint);
                  settle();
                  bytesEach.add(residentEach(server, residentBefore, checkpoint));
                  settling = false;
                }
              });
      Histogram during = new Histogram(3);
      while (writer.stored() == 0 && !writing.isDone()) {
        Thread.onSpinWait();
      }
      while (!writing.isDone()) {
        long took = reader.askForOneOf(writer.stored());
        if (!settling) {
          during.recordValue(took);
        }
      }
      join(writing);
      Histogram after = new Histogram(3);
      long endNanos = System.nanoTime() + AFTER_SECONDS * 1_000_000_000L;
      while (System.nanoTime() < endNanos) {
        after.recordValue(reader.askForOneOf(writer.stored()));
      }
      return new Figures(
          command.name(), bytesEach, during, after, reader.statistic("hash_power_level"));
    }
  }

  private void settle() {
    settling = true;
    try {
      Thread.sleep(SETTLING);
    } catch (InterruptedException stopped) {
      throw new CompletionException(stopped);
    }
  }

  private static double residentEach(ServerProcess server, long before, long items) {
    try {
      return (double) (server.figures().residentBytes() - before) / items;
    } catch (IOException failed) {
      throw new CompletionException(failed);
    }
  }

  private static void join(CompletableFuture<Void> writing) throws IOException {
    try {
      writing.join();
    } catch (CompletionException failed) {
      throw new IOException("storing failed: " + failed.getCause(), failed);
    }
  }

  private void print(Figures... servers) {
    StringBuilder head = new StringBuilder("| | hash power |");
    for (long checkpoint : checkpoints) {
      head.append(String.format(Locale.ROOT, " bytes each of %,d |", checkpoint));
    }
    for (String when : List.of("growing", "after")) {
      for (double percentile : PERCENTILES) {
        String name = percentile == 100 ? "max" : "p" + percentile;
        head.append(' ').append(when).append(' ').append(name).append(" µs |");
      }
    }
    out.println(head);
    out.println("|---".repeat(2 + checkpoints.length + 2 * PERCENTILES.length) + "|");
    for (Figures figures : servers) {
      StringBuilder row = new StringBuilder("| " + figures.name() + " | " + figures.power() + " |");
      figures
          .bytesEach()
          .forEach(bytes -> row.append(String.format(Locale.ROOT, " %.1f |", bytes)));
      for (Histogram times : List.of(figures.during(), figures.after())) {
        for (double percentile : PERCENTILES) {
          double micros = times.getValueAtPercentile(percentile) / 1000.0;
          row.append(String.format(Locale.ROOT, " %,.0f |", micros));
        }
      }
      out.println(row);
    }
  }
}
