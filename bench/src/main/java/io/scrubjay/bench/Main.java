package io.scrubjay.bench;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.compare.AcceptCommand;
import io.scrubjay.bench.compare.CompareCommand;
import io.scrubjay.bench.compare.GrowthCommand;
import io.scrubjay.bench.compare.HitRatioCommand;
import io.scrubjay.bench.compare.HostileCommand;
import io.scrubjay.bench.compare.IdleCommand;
import io.scrubjay.bench.compare.LldbCommand;
import io.scrubjay.bench.compare.StartupCommand;
import io.scrubjay.bench.compare.WorkersCommand;
import io.scrubjay.bench.load.LoadCommand;
import java.io.IOException;
import java.util.List;

/// The bench's commands; docs/performance.md says what each is for.
public final class Main {
  private static final int USAGE_STATUS = 64;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length == 0) {
      System.err.println(
          "usage: bench/run"
              + " accept|compare|growth|hitratio|hostile|idle|lldb|load|startup|workers|jmh [--name"
              + " value ...]");
      System.exit(USAGE_STATUS);
    }
    String commandLine = String.join(" ", args);
    try {
      var arguments = new Arguments(List.of(args).subList(1, args.length));
      switch (args[0]) {
        case "accept" -> AcceptCommand.run(arguments, commandLine, System.out);
        case "compare" -> CompareCommand.run(arguments, commandLine, System.out);
        case "hostile" -> HostileCommand.run(arguments, commandLine, System.out);
        case "idle" -> IdleCommand.run(arguments, commandLine, System.out);
        case "growth" -> GrowthCommand.run(arguments, commandLine, System.out);
        case "hitratio" -> HitRatioCommand.run(arguments, commandLine, System.out);
        case "workers" -> WorkersCommand.run(arguments, commandLine, System.out);
        case "startup" -> StartupCommand.run(arguments, commandLine, System.out);
        case "lldb" -> LldbCommand.run(arguments, commandLine, System.out);
        case "load" -> LoadCommand.run(arguments, System.out);
        default -> throw new IllegalArgumentException(args[0] + ": no such command");
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(USAGE_STATUS);
    } catch (IOException | IllegalStateException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }
}
