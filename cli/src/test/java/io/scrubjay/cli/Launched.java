package io.scrubjay.cli;

import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.OsSignal;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server in a process of its own, as the launcher starts it. Closing ends it in any case.
final class Launched implements AutoCloseable {
  final Process process;
  final BufferedReader err;

  private Launched(Process process) {
    this.process = process;
    this.err = process.errorReader();
  }

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Launched start(String... arguments) throws IOException {
    return start(Map.of(), command(arguments));
  }

  static Launched start(Map<String, String> environment, List<String> command) throws IOException {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new Launched(builder.start());
  }

  /// Reads stderr up to the line that says the server is ready, and returns all of it.
  String untilReady() throws Exception {
    return until(" ready on ");
  }

  /// Reads stderr up to a line that has `part` in it, and returns all of it.
  String until(String part) throws Exception {
    return Await.result("a line with " + part, () -> readUntil(part));
  }

  private String readUntil(String part) throws IOException {
    var seen = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(part)) {
        return seen.toString();
      }
    }
    throw new AssertionError("never " + part + ":\n" + seen);
  }

  int readyPort() throws Exception {
    return port(untilReady());
  }

  static int port(String ready) {
    String before = ready.substring(0, ready.lastIndexOf(" in "));
    return Integer.parseInt(before.substring(before.lastIndexOf(':') + 1));
  }

  /// What the server answers to `version`.
  static String version(int port) throws IOException {
    return replies(port, "version\r\nquit\r\n");
  }

  /// Everything that the server answers to `requests`, until it closes.
  static String replies(int port, String requests) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(Await.MILLIS_MAX);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  void signal(String name) throws Exception {
    OsSignal.send(name, process.pid());
  }

  /// What it says until it ends.
  String restOfErr() throws Exception {
    return Await.result("the end of stderr", () -> String.join("\n", err.lines().toList()));
  }

  /// Its exit status.
  int exit() throws Exception {
    return Await.result("the server's end", process::waitFor);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
