package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.bench.process.Pinning;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.net.Networks;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// `workers`: one worker beside two, for each server by itself, under a load that is nearly all
/// gets: of one key that everybody wants, and of a million keys. If gets wrote to memory that
/// workers share, two would be slower than one with the hot key, and each request dearer.
///
/// The generator takes its processor time from the same cores, so where there are few of them the
/// time a request costs says more than how many there were a second.
public final class WorkersCommand {
  private static final int DEPTH = 32;
  private static final double SET_SHARE = 0.01;
  private static final int MANY_KEYS = 1_000_000;
  private static final List<Metric> ROWS =
      List.of(
          Metric.REQUESTS_PER_SECOND,
          Metric.P99_MICROS,
          Metric.CPU_MICROS,
          Metric.CPU_USER_MICROS,
          Metric.SWITCHES);

  private final PrintStream out;
  private final Contestants contestants;
  private final Pinning pinning;
  private final Workload hot;
  private final Workload many;
  private final int rounds;
  private final Rounds one;
  private final Rounds two;

  private WorkersCommand(Arguments arguments, PrintStream out) {
    this.out = out;
    this.contestants = Contestants.from(arguments);
    this.pinning = Pinning.parse(arguments.text("pin", "none"));
    Workload load =
        Workload.UNPIPELINED
            .withDepth(DEPTH)
            .withSets(SET_SHARE)
            .withKeys(MANY_KEYS)
            .with(arguments);
    this.many = load;
    this.hot = load.withKeys(1);
    this.rounds = arguments.integer("rounds", 3);
    int warmupSeconds = arguments.integer("warmup-seconds", 10);
    int seconds = arguments.integer("seconds", 10);
    String memoryMib = arguments.text("memory-mib", "1024");
    this.one = round(1, memoryMib, warmupSeconds, seconds);
    this.two = round(2, memoryMib, warmupSeconds, seconds);
  }

  private static Rounds round(int workers, String memoryMib, int warmupSeconds, int seconds) {
    return new Rounds(
        Networks.preferred(),
        List.of("-t", Integer.toString(workers), "-m", memoryMib),
        null,
        warmupSeconds,
        seconds,
        List.of(),
        List.of());
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    var command = new WorkersCommand(arguments, out);
    arguments.refuseUnknown();
    command.contestants.printNotes(commandLine, out);
    out.println("- servers: `-t 1` and `-t 2`; " + command.pinning.summary());
    command.pinning.pinGenerator();
    command.compare("One key", command.hot);
    command.compare("Many keys", command.many);
  }

  private void compare(String title, Workload workload) throws IOException, InterruptedException {
    out.println();
    out.println("### " + title);
    out.println();
    out.println(workload.summary() + ".");
    for (ServerCommand server : List.of(contestants.memcached(), contestants.scrubjay())) {
      compare(server, workload);
    }
    out.flush();
  }

  /// The two settings in turn, the order swapped every round.
  private void compare(ServerCommand server, Workload workload)
      throws IOException, InterruptedException {
    var withOne = new Samples();
    var withTwo = new Samples();
    one.measure(pinning.pinServer(server), workload, new Samples());
    for (int i = 0; i < rounds; i++) {
      boolean oneFirst = i % 2 == 0;
      if (oneFirst) {
        one.measure(pinning.pinServer(server), workload, withOne);
      }
      two.measure(pinning.pinServer(server), workload, withTwo);
      if (!oneFirst) {
        one.measure(pinning.pinServer(server), workload, withOne);
      }
    }
    out.println();
    MarkdownTable.lines(server.name() + " -t 1", withOne, "-t 2", withTwo, ROWS)
        .forEach(out::println);
  }
}
