package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.bench.process.Emulator;
import io.scrubjay.bench.process.PerfStat;
import io.scrubjay.bench.process.Pinning;
import io.scrubjay.bench.process.TlsFiles;
import io.scrubjay.net.Network;
import io.scrubjay.net.Networks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `compare`: both servers in turn, several rounds, a table for each workload.
///
/// A round starts a server, stores every key, warms up and measures; the order of the two changes
/// with every round, and one round before the first, of the generator's own warm-up, isn't kept.
public final class CompareCommand {
  private final Arguments arguments;
  private final PrintStream out;
  private final Contestants contestants;
  private final Network network = Networks.preferred();
  private final Pinning pinning;
  private final List<String> options;
  private final int rounds;
  private final Rounds round;
  private final String qemu;
  private final Path javaHome;
  private final long emulatedWarmup;
  private final long emulatedRequests;

  private CompareCommand(Arguments arguments, PrintStream out)
      throws IOException, InterruptedException {
    this.arguments = arguments;
    this.out = out;
    this.contestants = Contestants.from(arguments);
    this.pinning = Pinning.parse(arguments.text("pin", "auto"));
    this.rounds = arguments.integer("rounds", 5);
    TlsFiles tls = Boolean.parseBoolean(arguments.text("tls", "false")) ? TlsFiles.make() : null;
    this.options = new ArrayList<>();
    options.addAll(
        List.of(
            "-t",
            arguments.text("workers", "1"),
            "-m",
            arguments.text("memory-mib", "1024"),
            "-c",
            arguments.text("server-connections", "1024")));
    if (tls != null) {
      options.addAll(tls.options());
    }
    this.round =
        new Rounds(
            network,
            options,
            tls,
            arguments.integer("warmup-seconds", 10),
            arguments.integer("seconds", 10),
            PerfStat.countable(
                List.of(Rounds.INSTRUCTIONS, Rounds.INSTRUCTIONS_USER, Rounds.CYCLES_USER)),
            PerfStat.countable(List.of(Rounds.SYSCALLS)));
    this.qemu = arguments.text("qemu", "");
    this.javaHome = Path.of(arguments.text("java-home", ownJavaHome()));
    this.emulatedWarmup = arguments.number("emulated-warmup", 400_000);
    this.emulatedRequests = arguments.number("emulated-requests", 50_000);
  }

  private static String ownJavaHome() {
    return ProcessHandle.current()
        .info()
        .command()
        .map(java -> Path.of(java).resolveSibling("..").normalize().toString())
        .orElse("");
  }

  public static void run(Arguments arguments, String commandLine, PrintStream out)
      throws IOException, InterruptedException {
    new CompareCommand(arguments, out).run(commandLine);
  }

  private void run(String commandLine) throws IOException, InterruptedException {
    List<NamedWorkload> named =
        Arrays.stream(arguments.text("workloads", "unpipelined,pipeline32,multiget50").split(","))
            .map(NamedWorkload::named)
            .toList();
    List<Workload> workloads =
        named.stream().map(workload -> workload.workload().with(arguments)).toList();
    arguments.refuseUnknown();
    contestants.printNotes(commandLine, out);
    out.println("- servers: `" + String.join(" ", options) + "`; " + pinning.summary());
    out.println(
        "- rounds: "
            + rounds
            + ", each "
            + round.warmupSeconds()
            + " s of warm-up and "
            + round.seconds()
            + " s measured");
    pinning.pinGenerator();
    for (int i = 0; i < workloads.size(); i++) {
      out.println();
      out.println("### " + named.get(i).lowerCase());
      out.println();
      out.println(workloads.get(i).summary() + ".");
      out.println();
      compare(workloads.get(i));
      out.flush();
    }
  }

  private void compare(Workload workload) throws IOException, InterruptedException {
    var memcached = new Samples();
    var scrubjay = new Samples();
    round.measure(pinning.pinServer(contestants.memcached()), workload, new Samples());
    for (int i = 0; i < rounds; i++) {
      boolean memcachedFirst = i % 2 == 0;
      if (memcachedFirst) {
        round.measure(pinning.pinServer(contestants.memcached()), workload, memcached);
      }
      round.measure(pinning.pinServer(contestants.scrubjay()), workload, scrubjay);
      if (!memcachedFirst) {
        round.measure(pinning.pinServer(contestants.memcached()), workload, memcached);
      }
    }
    if (!qemu.isEmpty()) {
      emulate(workload, memcached, scrubjay);
    }
    MarkdownTable.lines("memcached", memcached, "Scrubjay", scrubjay, Metric.COSTS)
        .forEach(out::println);
  }

  private void emulate(Workload workload, Samples memcached, Samples scrubjay)
      throws IOException, InterruptedException {
    try (var emulator = Emulator.prepare(qemu, contestants.checkout())) {
      // a request of many keys is that much longer to emulate
      int keys = workload.multigetKeys();
      var emulated =
          new EmulatedRound(
              network, emulator, options, emulatedWarmup / keys, emulatedRequests / keys, rounds);
      emulated.measure(emulator.emulateProgram(contestants.memcached()), workload, memcached);
      emulated.measure(emulator.emulateJvm(contestants.scrubjay(), javaHome), workload, scrubjay);
    }
  }
}
