package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.load.Load;
import io.scrubjay.bench.load.Preload;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.bench.process.Folders;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import io.scrubjay.net.Networks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// `lldb`: the persistent engine beside the RAM engine, and beside RocksDB called directly by as
/// many threads as the server has workers; for a dataset in the cache and one four times `-m`. Then
/// `sync=always` with one writer and with many.
public final class LldbCommand {
  private static final int TIMES_MEMORY = 4;
  private static final int WRITERS = 64;

  private final ServerCommand scrubjay;
  private final int memoryMib;
  private final int workers;
  private final int seconds;
  private final int warmupSeconds;
  private final Workload workload;
  private final PrintStream out;

  private LldbCommand(Contestants contestants, Arguments arguments, PrintStream out) {
    this.scrubjay = contestants.scrubjay();
    this.memoryMib = arguments.integer("memory-mib", 256);
    this.workers = arguments.integer("workers", 4);
    this.seconds = arguments.integer("seconds", 20);
    this.warmupSeconds = arguments.integer("warmup-seconds", 10);
    this.workload = Workload.UNPIPELINED.with(arguments);
    this.out = out;
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    Contestants contestants = Contestants.from(arguments);
    var command = new LldbCommand(contestants, arguments, out);
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    command.measureAll();
  }

  private void measureAll() throws IOException, InterruptedException {
    int large =
        (int) (TIMES_MEMORY * ((long) memoryMib << 20) / (workload.valueBytes() + recordBytes()));
    out.println("- " + workload.summary() + "; -m " + memoryMib + ", -t " + workers);
    out.println();
    out.println("| dataset | requests | store | per second | p50 us | p99 us |");
    out.println("|---|---|---|---|---|---|");
    both("in cache", workload.keyCount(), true);
    both(TIMES_MEMORY + " times -m", large, false);
    alone("always, 1 writer", 1);
    alone("always, " + WRITERS + " writers", WRITERS);
  }

  private int recordBytes() {
    return workload.keyBytes() + 32;
  }

  private void both(String dataset, int keys, boolean fitsMemory)
      throws IOException, InterruptedException {
    for (double setShare : new double[] {0, 1}) {
      Workload part = workload.withKeys(keys).withSets(setShare);
      if (fitsMemory) {
        server("RAM engine", dataset, part, List.of());
      }
      server("lldb", dataset, part, lldb("os"));
      direct(dataset, part);
    }
  }

  private void alone(String name, int writers) throws IOException, InterruptedException {
    Workload sets =
        workload.withSets(1).withConnections(writers, Math.min(writers, workload.threads()));
    server("lldb", "in cache, sync=" + name, sets, lldb("always"));
  }

  /// The data directory is the last word, to be filled in.
  private static List<String> lldb(String sync) {
    return List.of("-o", "engine=lldb,sync=" + sync + ",data_dir=");
  }

  private void server(String store, String dataset, Workload part, List<String> engine)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bench-lldb");
    List<String> options =
        engine.isEmpty()
            ? List.of("-m", "" + memoryMib, "-t", "" + workers)
            : List.of(
                "-m", "" + memoryMib, "-t", "" + workers, engine.get(0), engine.get(1) + data);
    try (var server = ServerProcess.start(scrubjay, options)) {
      Preload.run(server.address(), part);
      try (Load load = Load.start(Networks.preferred(), server.address(), part)) {
        load.await(TimeUnit.SECONDS.toNanos(warmupSeconds), 0);
        long first = load.answered();
        long start = System.nanoTime();
        load.record(true);
        load.await(TimeUnit.SECONDS.toNanos(seconds), 0);
        load.record(false);
        double perSecond = (load.answered() - first) / ((System.nanoTime() - start) / 1e9);
        row(dataset, part, store, perSecond, load.end());
      }
    } finally {
      Folders.remove(data);
    }
  }

  private void direct(String dataset, Workload part) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bench-rocks");
    try (var rocks = DirectRocks.open(data, (long) memoryMib << 20, part)) {
      rocks.preload();
      rocks.measure(workers, TimeUnit.SECONDS.toNanos(warmupSeconds));
      double perSecond = rocks.measure(workers, TimeUnit.SECONDS.toNanos(seconds));
      row(dataset, part, "RocksDB in process", perSecond, rocks.latencyNanos());
    } finally {
      Folders.remove(data);
    }
  }

  private void row(
      String dataset, Workload part, String store, double perSecond, Histogram latencyNanos) {
    out.println(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %.0f | %.1f | %.1f |",
            dataset,
            part.setShare() == 0 ? "gets" : "sets",
            store,
            perSecond,
            latencyNanos.getValueAtPercentile(50) / 1e3,
            latencyNanos.getValueAtPercentile(99) / 1e3));
  }
}
