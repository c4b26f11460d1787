package io.scrubjay.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Runs a server under qemu's user-mode emulation with a plugin that counts the instructions it
/// executes, those of code the JVM's compiler made included: a judge for machines without hardware
/// counters. It sees user mode only, and nothing of what an instruction costs.
///
/// A JVM is started by a launcher script, which the emulator would leave for a native `java`: the
/// launcher is given a `JAVA_HOME` of links to the real one whose `bin/java` runs emulated.
///
/// Ownership: [#close] removes the folder with the plugin, the links and the counters.
public final class Emulator implements AutoCloseable {
  private static final String PLUGIN_SOURCE = "bench/src/main/native/instruction_counter.c";

  private final Path folder;
  private final String qemu;
  private final Path plugin;
  private final Path counters;

  private Emulator(Path folder, String qemu) {
    this.folder = folder;
    this.qemu = qemu;
    this.plugin = folder.resolve("instruction_counter.so");
    this.counters = folder.resolve("counters");
  }

  /// Compiles the plugin from `checkout`. Errors: `IOException` when gcc can't.
  public static Emulator prepare(String qemu, Path checkout)
      throws IOException, InterruptedException {
    var emulator = new Emulator(Files.createTempDirectory("bench-emulator"), qemu);
    int status =
        new ProcessBuilder(
                "gcc",
                "-O2",
                "-shared",
                "-fPIC",
                "-o",
                emulator.plugin.toString(),
                checkout.resolve(PLUGIN_SOURCE).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("gcc can't compile " + PLUGIN_SOURCE);
    }
    return emulator;
  }

  private List<String> words() {
    return List.of(qemu, "-cpu", "max", "-plugin", plugin + ",out=" + counters);
  }

  /// `command` as an emulated program; its first word must be an executable's path.
  public ServerCommand emulateProgram(ServerCommand command) throws IOException {
    Files.deleteIfExists(counters);
    return command.withPrefix(words());
  }

  /// `command` as a launcher that finds its JVM by `JAVA_HOME`, with that JVM emulated.
  public ServerCommand emulateJvm(ServerCommand command, Path javaHome) throws IOException {
    Files.deleteIfExists(counters);
    Path home = folder.resolve("jdk");
    if (!Files.exists(home)) {
      link(javaHome, home, "bin");
      link(javaHome.resolve("bin"), home.resolve("bin"), "java");
      Path java = home.resolve("bin/java");
      List<String> words = new ArrayList<>(List.of("exec"));
      words.addAll(words());
      words.add(javaHome.resolve("bin/java").toString());
      Files.writeString(java, "#!/bin/sh\n" + String.join(" ", words) + " \"$@\"\n", UTF_8);
      if (!java.toFile().setExecutable(true)) {
        throw new IOException("can't make " + java + " executable");
      }
    }
    return command.withEnvironment(Map.of("JAVA_HOME", home.toString()));
  }

  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  /// Instructions executed so far by all threads of the running program.
  public long instructions() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(counters)).order(ByteOrder.nativeOrder());
    long[] counts = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(counts);
    return Arrays.stream(counts).sum();
  }

  @Override
  public void close() throws IOException {
    Folders.remove(folder);
  }
}
