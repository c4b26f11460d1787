package io.scrubjay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever was answered gets the answers, however much it has sent that nobody will read. A kernel
/// resets a connection that is closed with input unread, and forgets what it has yet to send.
@Timeout(120)
final class LastRepliesTest {
  private static final int VALUE_BYTES = 20_000;
  private static final String GET = "get k\r\n";
  private static final String REPLY =
      "VALUE k 0 " + VALUE_BYTES + "\r\n" + "x".repeat(VALUE_BYTES) + "\r\nEND\r\n";

  /// Small, so that most of what was sent waits in the server's kernel.
  private static final int RECEIVE_BUFFER_BYTES = 8 << 10;

  private static Scrubjay start(String poller) throws IOException {
    Scrubjay server =
        Scrubjay.start(
            ServerOptions.builder().engine("model").poller(poller).port(0).threads(1).build());
    try (Client client = new Client(server)) {
      assertEquals(
          "STORED",
          client.ask("set k 0 0 " + VALUE_BYTES + "\r\n" + "x".repeat(VALUE_BYTES) + "\r\n"));
    }
    return server;
  }

  private static Socket slow(Scrubjay server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.setSoTimeout(Client.TIMEOUT_MILLIS);
    socket.connect(server.address());
    return socket;
  }

  /// On a thread of its own, since the server stops reading.
  private static Thread sending(Socket socket, String text) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                socket.getOutputStream().write(text.getBytes(US_ASCII));
              } catch (IOException closed) {
                // The reader of the same socket says what came of it.
              }
            });
  }

  private static void awaitStuck(Scrubjay server) {
    try (Client asking = new Client(server)) {
      Await.until("a full socket", () -> asking.seesAConnection("conn_mwrite"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void whenTheServerStops(String poller) throws Exception {
    Scrubjay server = start(poller);
    try (Socket socket = slow(server)) {
      Thread sender = sending(socket, GET.repeat(40_000));
      awaitStuck(server);
      Thread stop = Thread.ofPlatform().start(server::close);
      byte[] replies = socket.getInputStream().readAllBytes();
      stop.join();
      assertTrue(replies.length > 0);
      assertEquals(0, replies.length % REPLY.length(), replies.length + " bytes");
      assertTrue(new String(replies, US_ASCII).endsWith(REPLY));
      sender.join();
    } finally {
      server.close();
    }
  }

  /// Behind `quit`, and behind a line without an end.
  @ParameterizedTest
  @ValueSource(strings = {"quit\r\n", ""})
  void whenTheConnectionEnds(String last) throws Exception {
    int count = 300;
    try (Scrubjay server = start("");
        Socket socket = slow(server)) {
      Thread sender = sending(socket, GET.repeat(count) + last + "x".repeat(1 << 20));
      awaitStuck(server);
      var replies = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(replies);
      assertEquals(count * REPLY.length(), replies.size());
      assertTrue(replies.toString(US_ASCII).equals(REPLY.repeat(count)));
      sender.join();
      try (Client asking = new Client(server)) {
        assertEquals("VERSION 1.6.45", asking.ask("version\r\n"));
        assertEquals("1", server.statistics().get("curr_connections"), "closed for good");
      }
    }
  }

  /// A byte now and then, without end: the time is up before the bytes are.
  @Test
  void whoNeverStopsSendingIsCutOff() throws Exception {
    try (Scrubjay server = start("");
        Socket socket = slow(server)) {
      OutputStream out = socket.getOutputStream();
      out.write(("quit\r\n" + "x".repeat(1 << 18)).getBytes(US_ASCII));
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              out.write('x');
              LockSupport.parkNanos(1_000_000);
            }
          });
    }
  }
}
