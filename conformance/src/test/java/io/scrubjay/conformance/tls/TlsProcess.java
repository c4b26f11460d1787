package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.OsSignal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server in a process of its own, by the command line: for what is said there alone, as prefixes
/// of `-l` are.
final class TlsProcess implements AutoCloseable {
  private final Process process;
  private final List<Integer> ports;
  private final List<String> said = new ArrayList<>();

  /// Returns when it answers. `ports` are written to `portFile`, in the order of `-l`.
  TlsProcess(Path portFile, String... arguments) throws Exception {
    var builder = new ProcessBuilder(command(arguments));
    builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
    this.process = builder.start();
    Await.result("ready " + builder.command(), () -> awaitReady(process.errorReader(UTF_8)));
    this.ports =
        Files.readAllLines(portFile).stream()
            .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
            .toList();
  }

  static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.scrubjay.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  private String awaitReady(BufferedReader stderr) throws IOException {
    for (String line = stderr.readLine(); line != null; line = stderr.readLine()) {
      if (line.contains(" ready on ")) {
        return line;
      }
      said.add(line);
    }
    throw new IOException("the server ended: " + String.join(" / ", said));
  }

  /// On stderr, before it was ready.
  List<String> said() {
    return said;
  }

  int port(int index) {
    return ports.get(index);
  }

  void hangUp() throws Exception {
    OsSignal.send("HUP", process.pid());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
