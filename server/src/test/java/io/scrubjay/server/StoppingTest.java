package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How a server ends: asked by a client, and in front of clients that are being answered.
@Timeout(60)
class StoppingTest {
  private static final int VALUE_BYTES = 900_000;

  private static ServerOptions.Builder options() {
    return ServerOptions.builder().engine("model").port(0).threads(1);
  }

  @Test
  void shutdownIsRefusedUnlessAllowed() throws IOException {
    try (Scrubjay server = Scrubjay.start(options().build());
        Client client = new Client(server)) {
      client.send("shutdown\r\nquit\r\n");
      assertEquals(
          "SERVER_ERROR: shutdown not enabled\r\n",
          new String(client.rest(), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void anAllowedShutdownClosesAndTellsWhoeverRunsTheServer() throws Exception {
    var asked = new LinkedBlockingQueue<Boolean>();
    try (Scrubjay server = Scrubjay.start(options().shutdownCommand(true).build())) {
      server.onShutdown(asked::add);
      for (String mode : new String[] {"shutdown", "shutdown graceful"}) {
        try (Client client = new Client(server)) {
          client.send("shutdown now\r\nversion\r\n" + mode + "\r\n");
          assertEquals(
              "CLIENT_ERROR invalid shutdown mode\r\nVERSION 1.6.45\r\n",
              new String(client.rest(), StandardCharsets.US_ASCII));
        }
        assertEquals(mode.endsWith("graceful"), asked.poll(10, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void withoutAnybodyToTellAShutdownClosesTheServer() throws IOException {
    Scrubjay server = Scrubjay.start(options().shutdownCommand(true).build());
    try (Client bystander = new Client(server);
        Client client = new Client(server)) {
      client.send("shutdown\r\n");
      assertEquals(0, client.rest().length);
      assertEquals(0, bystander.rest().length);
    }
    server.close();
  }

  /// The client asks for more than the sockets hold, reads some, and the server stops: what the
  /// client then finds ends where a reply ends.
  @Test
  void noReplyIsCutInTheMiddle() throws Exception {
    Scrubjay server = Scrubjay.start(options().memoryLimitBytes(64L << 20).build());
    String head = "VALUE k 0 " + VALUE_BYTES + "\r\n";
    int replyBytes = head.length() + VALUE_BYTES + "\r\nEND\r\n".length();
    try (Client client = new Client(server)) {
      client.send("set k 0 0 " + VALUE_BYTES + "\r\n" + "x".repeat(VALUE_BYTES) + "\r\n");
      assertEquals("STORED\r\n", client.text(8));
      client.send("get k\r\n".repeat(50));
      assertTrue(client.text(100).startsWith(head));
      Thread stop = Thread.ofPlatform().start(server::close);
      int rest = client.rest().length;
      stop.join();
      assertEquals(0, (100 + rest) % replyBytes, rest + " bytes of " + replyBytes + " each");
      assertTrue(rest < 50 * replyBytes, "the server stopped before the end");
    }
  }
}
