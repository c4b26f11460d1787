package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/// The process around a server that runs: it says when it is ready, serves, and ends as memcached
/// does.
class LaunchedServerTest {
  @Test
  void aServerAnswersAndEndsOnSigtermWithStatusZero() throws Exception {
    try (Launched server = Launched.start("-p", "-1", "-v", "-t", "1")) {
      int port = server.readyPort();
      assertEquals("VERSION " + Version.MEMCACHED + "\r\n", Launched.version(port));
      server.process.toHandle().destroy();
      String rest = server.restOfErr();
      assertTrue(rest.contains("Exiting normally"), rest);
      assertEquals(0, server.exit());
    }
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
