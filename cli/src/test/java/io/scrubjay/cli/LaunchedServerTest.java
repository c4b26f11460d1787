package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.testkit.Await;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The process around a server that runs: it says when it is ready, serves, and ends as memcached
/// does.
class LaunchedServerTest {
  @Test
  void aServerAnswersAndEndsOnSigtermWithStatusZero() throws Exception {
    try (Launched server = Launched.start("-p", "-1", "-v", "-t", "1")) {
      int port = server.readyPort();
      assertEquals("VERSION " + Scrubjay.MEMCACHED_VERSION + "\r\n", Launched.version(port));
      server.process.toHandle().destroy();
      String rest = server.restOfErr();
      assertTrue(rest.contains("Exiting normally"), rest);
      assertEquals(0, server.exit());
    }
  }

  /// The server can't write the port file, which is a pipe, before the test reads it.
  @Test
  void aSignalDuringTheStartEndsItWithStatusZero(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("ports.lck");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    try (Launched server = Launched.start(portFile(folder), Launched.command("-p", "-1", "-v"))) {
      String ports = Await.result("the port file", () -> Files.readString(pipe));
      server.signal("TERM");
      assertTrue(ports.startsWith("TCP INET: "), ports);
      String said = server.restOfErr();
      assertTrue(said.contains("Exiting normally"), said);
      assertEquals(0, server.exit());
    }
  }

  private static Path pipe(String path) throws Exception {
    Process made = new ProcessBuilder("mkfifo", path).start();
    int status = Await.result("mkfifo", made::waitFor);
    assertEquals(0, status, path);
    return Path.of(path);
  }

  /// It would read the metadata, which is a pipe, for as long as the test likes.
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalDuringALongLoadDoesNotWaitForIt(String signal, @TempDir Path folder)
      throws Exception {
    String file = folder.resolve("items").toString();
    Path meta = pipe(file + ".meta");
    try (Launched server = Launched.start("-p", "-1", "-v", "-t", "1", "-e", file);
        OutputStream endless = Await.result("a load", () -> Files.newOutputStream(meta))) {
      endless.write('T');
      server.signal(signal);
      String said = server.restOfErr();
      assertTrue(said.endsWith("Exiting normally"), said);
      assertEquals(0, server.exit());
    }
  }

  @Test
  void sigtermEndsAGracefulStopThatWaitsForALongLoad(@TempDir Path folder) throws Exception {
    String file = folder.resolve("items").toString();
    Path meta = pipe(file + ".meta");
    try (Launched server = Launched.start("-p", "-1", "-v", "-t", "1", "-e", file);
        OutputStream endless = Await.result("a load", () -> Files.newOutputStream(meta))) {
      server.signal("USR1");
      String _ = server.until("Gracefully stopping");
      endless.write('T');
      server.signal("TERM");
      assertEquals("Exiting normally", server.restOfErr());
      assertEquals(0, server.exit());
    }
  }

  /// What it waits for fails: that ends the process, and not the signal.
  @Test
  void aGracefulStopDuringAStartThatFailsLeavesTheFailureItsStatus(@TempDir Path folder)
      throws Exception {
    String file = folder.resolve("items").toString();
    Path meta = pipe(file + ".meta");
    try (Launched server =
        Launched.start("-p", "-1", "-l", "127.0.0.1", "-t", "1", "-L", "-e", file)) {
      try (OutputStream load = Await.result("a load", () -> Files.newOutputStream(meta))) {
        server.signal("USR1");
        String _ = server.until("Gracefully stopping");
        load.write('T');
      }
      String said = server.restOfErr();
      assertTrue(said.contains("Cannot enable large pages"), said);
      assertEquals(1, server.exit());
    }
  }

  @Test
  void aUnixSocketHasNoPortFile(@TempDir Path folder) throws Exception {
    List<String> command = Launched.command("-s", folder.resolve("socket").toString(), "-t", "1");
    try (Launched server = Launched.start(portFile(folder), command)) {
      assertTrue(server.untilReady().contains("socket"));
      assertFalse(Files.exists(folder.resolve("ports")));
    }
  }

  private static Map<String, String> portFile(Path folder) {
    return Map.of("MEMCACHED_PORT_FILENAME", folder.resolve("ports").toString());
  }

  @Test
  void aPortThatIsTakenIsNamedWithStatusSeventyOne() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      try (Launched server = Launched.start("-p", Integer.toString(port), "-t", "1")) {
        String said = server.restOfErr();
        assertTrue(said.contains("failed to listen on TCP port " + port + ": "), said);
        assertEquals(71, server.exit());
      }
    }
  }
}
