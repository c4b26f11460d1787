package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a server listens, and what travels with whoever connects there.
@Timeout(30)
class ListeningTest {
  /// Long enough for a binary listener to see that it is no packet.
  private static final byte[] VERSION_LINES =
      "version of the server\r\nquit\r\n".getBytes(StandardCharsets.US_ASCII);

  private static Scrubjay start(ListenOptions listening, String poller) throws IOException {
    return Scrubjay.start(
        ServerOptions.builder()
            .engine("model")
            .threads(1)
            .poller(poller)
            .listening(listening)
            .build());
  }

  private static ListenOptions tcp(Listener... listeners) {
    return new ListenOptions(List.of(listeners), List.of(), null, List.of(), 8, null, 7, 0, 0700);
  }

  private static String answer(Socket socket) throws IOException {
    socket.setSoTimeout(Client.TIMEOUT_MILLIS);
    socket.getOutputStream().write(VERSION_LINES);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nio"})
  void aUnixSocketIsServed(String poller, @TempDir Path folder) throws IOException {
    String path = folder.resolve("s").toString();
    var unix = new ListenOptions.UnixSocket(path, 0700);
    var listening = new ListenOptions(List.of(), List.of(), unix, List.of(), 8, null, 0, 0, 0700);
    try (Scrubjay server = start(listening, poller);
        var client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      client.write(ByteBuffer.wrap(VERSION_LINES));
      assertEquals(
          "VERSION 1.6.45\r\n",
          new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.US_ASCII));
      assertEquals(List.of(), server.addresses());
    }
  }

  @Test
  void everyListenerHasItsPortAndProtocol() throws IOException {
    var binary = new Listener("127.0.0.1", 0, BindingProtocol.BINARY, Listener.Tls.AS_SERVER, "");
    try (Scrubjay server = start(tcp(Listener.on("127.0.0.1", 0), binary), "")) {
      int[] ports = server.addresses().stream().mapToInt(it -> it.getPort()).toArray();
      assertEquals(2, ports.length);
      try (var text = new Socket(InetAddress.getLoopbackAddress(), ports[0]);
          var other = new Socket(InetAddress.getLoopbackAddress(), ports[1])) {
        assertEquals("VERSION 1.6.45\r\n", answer(text));
        assertEquals("", answer(other));
      }
    }
  }

  @Test
  void anAddressInUseEndsTheStartWithMemcachedsLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Listener listener = Listener.on("127.0.0.1", taken.getLocalPort());
      var failure = assertThrows(ListenException.class, () -> start(tcp(listener), ""));
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.startsWith("failed to listen on TCP port 7: "), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "no-such-host.invalid", ""})
  void anAddressThatIsNotOursEndsTheStart(String host) {
    var listening =
        new ListenOptions(
            List.of(Listener.on(host, 0)), List.of(), null, List.of(), 8, host, 7, 0, 0700);
    var failure = assertThrows(ListenException.class, () -> start(listening, ""));
    String message = String.valueOf(failure.getMessage());
    assertTrue(
        message.startsWith("failed to listen on one of interface(s) " + host + ": "), message);
  }

  /// The reason in words; without a path the system would pick one that nobody knows.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | no path
          /no-folder/s  | bind: no such file or directory (ENOENT)
          /dev/null/s   | bind: not a directory (ENOTDIR)
          """)
  void aUnixPathThatCannotBeEndsTheStart(String path, String reason) {
    var unix = new ListenOptions.UnixSocket(path, 0700);
    var listening = new ListenOptions(List.of(), List.of(), unix, List.of(), 8, null, 0, 0, 0700);
    var failure = assertThrows(ListenException.class, () -> start(listening, "epoll"));
    assertEquals("failed to listen on UNIX socket: " + path + ": " + reason, failure.getMessage());
  }

  @Test
  void aFailureAfterSomeAreBoundLeavesNoneBehind() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    var listening = tcp(Listener.on("127.0.0.1", port), Listener.on("192.0.2.1", 0));
    assertThrows(ListenException.class, () -> start(listening, ""));
    start(tcp(Listener.on("127.0.0.1", port)), "").close();
  }
}
