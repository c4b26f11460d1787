package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.load.EtcSizes;
import io.scrubjay.bench.load.KeyChooser;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// `hitratio`: the same stream of keys, read through, to both servers with the same memory; who
/// misses more?
///
/// Keys are chosen by Zipf's law, their values are [EtcSizes]. What a server misses in the first
/// third of the stream fills it and doesn't count. A round has a stream of its own, and the order
/// of the two changes with every round.
public final class HitRatioCommand {
  private static final double PER = 10_000;
  private static final List<Metric> ROWS = List.of(Metric.MISSES_OF_10_000);

  private final PrintStream out;
  private final int memoryMib;
  private final int keys;
  private final int requests;
  private final double zipf;
  private final int rounds;
  private final long seed;

  private HitRatioCommand(Arguments arguments, PrintStream out) {
    this.out = out;
    this.memoryMib = arguments.integer("memory-mib", 16);
    this.keys = arguments.integer("keys", 300_000);
    this.requests = arguments.integer("requests", 3_000_000);
    this.zipf = arguments.fraction("zipf", 0.99);
    this.rounds = arguments.integer("rounds", 3);
    this.seed = arguments.number("seed", 1);
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    var command = new HitRatioCommand(arguments, out);
    Contestants contestants = Contestants.from(arguments);
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    command.compare(contestants);
  }

  private List<String> options() {
    return List.of("-t", "1", "-m", Integer.toString(memoryMib));
  }

  private void compare(Contestants contestants) throws IOException, InterruptedException {
    out.println("- servers: `" + String.join(" ", options()) + "`; not pinned");
    out.println(
        String.format(
            Locale.ROOT,
            "- %d rounds of %,d gets each of %,d keys, Zipf %s, values of ETC's sizes, seed %d",
            rounds,
            requests,
            keys,
            zipf,
            seed));
    out.println();
    var memcached = new Samples();
    var scrubjay = new Samples();
    for (int round = 0; round < rounds; round++) {
      boolean memcachedFirst = round % 2 == 0;
      if (memcachedFirst) {
        measure(contestants.memcached(), round, memcached);
      }
      measure(contestants.scrubjay(), round, scrubjay);
      if (!memcachedFirst) {
        measure(contestants.memcached(), round, memcached);
      }
    }
    MarkdownTable.lines("memcached", memcached, "Scrubjay", scrubjay, ROWS).forEach(out::println);
    out.println();
    double ratio = median(scrubjay) / median(memcached);
    out.println(String.format(Locale.ROOT, "Scrubjay's misses / memcached's: %.4f", ratio));
  }

  private static double median(Samples samples) {
    return samples.median(Metric.MISSES_OF_10_000).orElseThrow();
  }

  private void measure(ServerCommand command, int round, Samples samples)
      throws IOException, InterruptedException {
    var random = new SplittableRandom(seed + round);
    int[] sizes = EtcSizes.of(keys, random);
    var chooser = new KeyChooser(keys, zipf, random);
    int batches = ReadThrough.batchesOf(requests);
    try (var server = ServerProcess.start(command, options());
        var client = ReadThrough.open(server.address(), sizes)) {
      client.play(chooser, batches / 3);
      int counted = batches - batches / 3;
      long misses = client.play(chooser, counted);
      samples.add(Metric.MISSES_OF_10_000, PER * misses / ReadThrough.keysOf(counted));
    }
  }
}
