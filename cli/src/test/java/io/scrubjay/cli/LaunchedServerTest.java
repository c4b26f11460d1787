package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The process around a server that runs: it says when it is ready, serves, and ends as memcached
/// does.
class LaunchedServerTest {
  private static Process launch(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  /// Reads stderr up to the line that says the server is ready and returns its port.
  private static int readyPort(BufferedReader err) throws IOException {
    var seen = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      seen.append(line).append('\n');
      int on = line.indexOf(" ready on 127.0.0.1:");
      if (on >= 0) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1, line.indexOf(" in ")));
      }
    }
    throw new AssertionError("never ready:\n" + seen);
  }

  @Test
  void aServerAnswersAndEndsOnSigtermWithStatusZero() throws Exception {
    Process process = launch("-p", "-1", "-v", "-t", "1");
    try (BufferedReader err = process.errorReader()) {
      int port = readyPort(err);
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write("version\r\nquit\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
            "VERSION " + Version.MEMCACHED + "\r\n",
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      }
      process.toHandle().destroy();
      List<String> rest = err.lines().toList();
      assertTrue(rest.contains("Exiting normally"), rest::toString);
      assertEquals(0, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortThatIsTakenIsNamedWithStatusSeventyOne() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Process process = launch("-p", Integer.toString(port), "-t", "1");
      try (BufferedReader err = process.errorReader()) {
        String said = String.join("\n", err.lines().toList());
        assertTrue(said.contains("failed to listen on TCP port " + port + ": "), said);
        assertEquals(71, process.waitFor());
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
