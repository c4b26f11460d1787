package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `startup`: from the start of the process to its first reply, and what an idle server keeps in
/// memory.
public final class StartupCommand {
  /// Long enough for a JVM to finish what it does in the background after its start.
  private static final int SETTLE_SECONDS = 2;

  private StartupCommand() {}

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    Contestants contestants = Contestants.from(arguments);
    int runs = arguments.integer("runs", 11);
    List<String> options = List.of("-m", arguments.text("memory-mib", "1024"));
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    out.println("- servers: `" + String.join(" ", options) + "`; not pinned; " + runs + " runs");
    out.println();
    out.println("| | first reply, ms, median (min..max) | idle resident MiB, median (min..max) |");
    out.println("|---|---|---|");
    for (ServerCommand command : List.of(contestants.memcached(), contestants.scrubjay())) {
      measure(command, options, runs, out);
    }
  }

  private static void measure(
      ServerCommand command, List<String> options, int runs, PrintStream out)
      throws IOException, InterruptedException {
    List<Double> readyMillis = new ArrayList<>();
    List<Double> residentMib = new ArrayList<>();
    // one start beforehand reads the files from disk and builds what isn't built
    ServerProcess.start(command, options).close();
    for (int i = 0; i < runs; i++) {
      try (var server = ServerProcess.start(command, options)) {
        readyMillis.add(server.readyNanos() / 1e6);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        residentMib.add(server.figures().residentBytes() / (double) (1 << 20));
      }
    }
    out.println(
        "| "
            + command.name()
            + " | "
            + Spread.of(readyMillis)
            + " | "
            + Spread.of(residentMib)
            + " |");
  }
}
