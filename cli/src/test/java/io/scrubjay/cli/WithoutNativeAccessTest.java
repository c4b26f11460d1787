package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A platform without native calls, as macOS and Windows are to this server: every protocol is
/// served, and the process ends well.
@Timeout(120)
class WithoutNativeAccessTest {
  @Test
  void nioServesEveryProtocolWithNativeAccessDenied() throws Exception {
    List<String> command =
        new ArrayList<>(Launched.command("-p", "-1", "-v", "-t", "1", "-o", "poller=nio"));
    assertTrue(command.remove("--enable-native-access=ALL-UNNAMED"));
    command.add(1, "--illegal-native-access=deny");
    try (Launched server = Launched.start(Map.of(), command)) {
      int port = server.readyPort();
      String hit = "STORED\r\nVALUE a 0 2\r\nhi\r\nEND\r\n";
      assertEquals(hit, reply(port, "set a 0 0 2\r\nhi\r\nget a\r\n", hit.length()));
      String metaHit = "HD\r\nVA 2\r\nyo\r\n";
      assertEquals(metaHit, reply(port, "ms b 2\r\nyo\r\nmg b v\r\n", metaHit.length()));
      String binary = reply(port, BINARY, 24 + 24 + 4 + 2);
      assertEquals("\u0081\u0001\0\0", binary.substring(0, 4));
      assertEquals("\0\0", binary.substring(6, 8));
      assertEquals("\u0081\0\0\0", binary.substring(24, 28));
      assertEquals("ok", binary.substring(52));
      server.process.toHandle().destroy();
      String rest = server.restOfErr();
      assertTrue(rest.contains("Exiting normally"), rest);
      assertFalse(rest.contains("Exception"), rest);
      assertEquals(0, server.exit());
    }
  }

  /// Set `c` to `ok`, then get it.
  private static final String BINARY =
      "\u0080\u0001\0\u0001\u0008\0\0\0\0\0\0\u000b"
          + "\0".repeat(12 + 8)
          + "cok"
          + "\u0080\0\0\u0001\0\0\0\0\0\0\0\u0001"
          + "\0".repeat(12)
          + "c";

  private static String reply(int port, String request, int bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(Await.MILLIS_MAX);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] reply = new byte[bytes];
      new DataInputStream(socket.getInputStream()).readFully(reply);
      return new String(reply, StandardCharsets.ISO_8859_1);
    }
  }
}
