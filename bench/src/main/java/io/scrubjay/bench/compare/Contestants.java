package io.scrubjay.bench.compare;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.bench.process.MachineNotes;
import io.scrubjay.bench.process.ServerCommand;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The two servers of a comparison, and the notes above its table.
record Contestants(ServerCommand memcached, ServerCommand scrubjay, Path checkout) {

  /// `--memcached PATH`, `--scrubjay PATH`; the latter is by default the launcher of the checkout
  /// in the working directory.
  static Contestants from(Arguments arguments) {
    Path checkout = Path.of(arguments.text("checkout", "."));
    return new Contestants(
        ServerCommand.memcached(arguments.text("memcached", found("memcached"))),
        ServerCommand.scrubjay(
            Path.of(arguments.text("scrubjay", checkout.resolve("scrubjay").toString()))),
        checkout);
  }

  /// The full path of a program, since emulators and wrappers don't search for it.
  private static String found(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    return program;
  }

  void printNotes(String commandLine, PrintStream out) {
    out.println("Command: `bench/run " + commandLine + "`");
    out.println();
    MachineNotes.lines(memcached.words().getLast(), checkout).forEach(out::println);
  }
}
