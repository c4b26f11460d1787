package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conversations inside TLS are the same as outside, however records, values and packets fall.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsConversationTest {
  private static final int LARGE_BYTES = 1_000_000;

  private Scrubjay server;
  private SSLContext context;
  private Authority authority;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    authority = new Authority(folder).certificate("server", "rsa:2048");
    server = TlsServer.of(authority, "server").start();
    context = TlsClient.context(authority.file("ca.pem"));
  }

  @AfterAll
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void everyVersionAllowedIsSpoken(String version) throws Exception {
    try (var client = TlsClient.connect(context, server.address(), version)) {
      assertEquals(version, client.socket().getSession().getProtocol());
      assertEquals("STORED", client.ask("set v 0 0 1\r\nx\r\n"));
    }
  }

  @Test
  void withoutNativeCallsItIsTheSame() throws Exception {
    try (Scrubjay nio = TlsServer.of(authority, "server").with(it -> it.poller("nio")).start();
        var client = TlsClient.connect(context, nio.address())) {
      assertGoesBothWays(client, LARGE_BYTES, 3);
    }
  }

  /// The least, more than a turn's output, and the most that the option takes.
  @ParameterizedTest
  @ValueSource(ints = {0, 1 << 10, 100 << 10, Integer.MAX_VALUE >> 10 << 10})
  void howMuchIsEncryptedAtOnceDoesNotShow(int wbufBytes) throws Exception {
    try (Scrubjay own = TlsServer.of(authority, "server").wbuf(wbufBytes).start();
        var client = TlsClient.connect(context, own.address())) {
      assertGoesBothWays(client, LARGE_BYTES, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theLargestValuesGoBothWays(String version) throws Exception {
    try (Scrubjay large =
            TlsServer.of(authority, "server")
                .with(it -> it.memoryLimitBytes(128 << 20).itemBytesMax(16 << 20))
                .start();
        var client = TlsClient.connect(context, large.address(), version)) {
      assertGoesBothWays(client, (16 << 20) - 1000, 2);
    }
  }

  private static void assertGoesBothWays(TlsClient client, int bytes, int times)
      throws IOException {
    String value = pattern(bytes);
    assertEquals("STORED", client.ask("set k 0 0 " + bytes + "\r\n" + value + "\r\n"));
    client.send("get k\r\n".repeat(times));
    String answer = "VALUE k 0 " + bytes + "\r\n" + value + "\r\nEND\r\n";
    for (int i = 0; i < times; i++) {
      assertTrue(answer.equals(client.bytes(answer.length())), () -> bytes + " bytes");
    }
  }

  /// Its version number lies where a TLS record has its length, and is less than its own length.
  @Test
  void aHelloInTheFormOfSsl2IsReadToItsEndAndRefused() throws Exception {
    byte[] hello = new byte[2 + 0x3FF];
    System.arraycopy(new byte[] {(byte) 0x83, (byte) 0xFF, 1, 3, 1}, 0, hello, 0, 5);
    try (Scrubjay one = TlsServer.of(authority, "server").with(it -> it.threads(1)).start();
        var old = new Socket(one.address().getAddress(), one.address().getPort())) {
      old.setSoTimeout(10_000);
      old.getOutputStream().write(hello, 0, 800);
      // Of the same worker, and later: the first part has been read when this one is answered.
      try (var client = TlsClient.connect(context, one.address())) {
        assertEquals("STORED", client.ask("set o 0 0 1\r\nx\r\n"));
      }
      old.getOutputStream().write(hello, 800, hello.length - 800);
      readToTheEnd(old);
    }
  }

  @Test
  void valuesOfManyRecordsComeBackWhole() throws Exception {
    try (var client = TlsClient.connect(context, server.address())) {
      for (int bytes : new int[] {0, 1, 16_383, 16_384, 16_385, 40_000, LARGE_BYTES}) {
        assertGoesBothWays(client, bytes, 1);
      }
    }
  }

  /// Each flush of the JDK's client is a record: requests cut anywhere, and many in one packet.
  @Test
  void aPipelineCutIntoRecordsOfAnySizeIsServedInOrder() throws Exception {
    StringBuilder requests = new StringBuilder("set n 0 0 1\r\n0\r\n");
    StringBuilder answers = new StringBuilder("STORED\r\n");
    int count = 3000;
    for (int i = 1; i <= count; i++) {
      requests.append("incr n 1\r\n");
      answers.append(i).append("\r\n");
    }
    for (int size : new int[] {7, 100, 5000, 16_384, requests.length()}) {
      try (var client = TlsClient.connect(context, server.address())) {
        Thread sender =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        for (int from = 0; from < requests.length(); from += size) {
                          int to = Math.min(requests.length(), from + size);
                          client.send(requests.substring(from, to));
                        }
                      } catch (IOException failed) {
                        throw new AssertionError(failed);
                      }
                    });
        assertEquals(answers.toString(), client.bytes(answers.length()), () -> "size " + size);
        sender.join();
      }
    }
  }

  /// The socket takes parts of what is encrypted, many times over.
  @Test
  void aSlowReaderLosesNothing() throws Exception {
    String value = pattern(LARGE_BYTES);
    int times = 40;
    try (var client = TlsClient.connect(context, server.address());
        var other = TlsClient.connect(context, server.address())) {
      assertEquals("STORED", client.ask("set s 0 0 " + LARGE_BYTES + "\r\n" + value + "\r\n"));
      client.send("get s\r\n".repeat(times));
      for (int i = 0; i < 100; i++) {
        assertEquals("VERSION 1.6.45", other.ask("version\r\n"));
      }
      String answer = "VALUE s 0 " + LARGE_BYTES + "\r\n" + value + "\r\nEND\r\n";
      for (int i = 0; i < times; i++) {
        assertEquals(answer, client.bytes(answer.length()));
      }
    }
  }

  @Test
  void quitEndsWithACloseNotify() throws Exception {
    try (var client = TlsClient.connect(context, server.address())) {
      client.send("version\r\nquit\r\n");
      // The JDK throws when the stream ends without one.
      assertEquals("VERSION 1.6.45\r\n", client.rest());
    }
  }

  @Test
  void aHandshakeThatComesByteByByteHoldsNobodyUp() throws Exception {
    try (var dripping = new DrippingProxy(server.address());
        var client = TlsClient.over(context, dripping.connect())) {
      assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
      assertTrue(dripping.forwarded() > 200, () -> "only " + dripping.forwarded() + " bytes");
    }
  }

  @Test
  void plainBytesToATlsPortAreClosedAndCounted() throws Exception {
    for (String bytes : new String[] {"version\r\n", "GET / HTTP/1.1\r\n\r\n", "\0\0\0\0\0\0"}) {
      long before = Long.parseLong(server.statistics().get("ssl_handshake_errors"));
      try (var plain = new Socket(server.address().getAddress(), server.address().getPort())) {
        plain.setSoTimeout(20_000);
        plain.getOutputStream().write(bytes.getBytes(US_ASCII));
        readToTheEnd(plain);
      }
      assertEquals(
          Long.toString(before + 1), server.statistics().get("ssl_handshake_errors"), bytes);
    }
  }

  @Test
  void aHandshakeThatFailsIsShownToWhoeverWatches() throws Exception {
    try (Scrubjay one = TlsServer.of(authority, "server").with(it -> it.threads(1)).start();
        var watcher = TlsClient.connect(context, one.address())) {
      assertEquals("OK", watcher.ask("watch connevents\r\n"));
      try (var plain = new Socket(one.address().getAddress(), one.address().getPort())) {
        plain.setSoTimeout(20_000);
        plain.getOutputStream().write("version\r\n".getBytes(US_ASCII));
        readToTheEnd(plain);
      }
      String opened = watcher.line();
      String id = opened.substring(opened.lastIndexOf('=') + 1);
      String broke = watcher.line();
      assertTrue(broke.matches(".* type=conntlserr fd=" + id + " msg=\\S.*"), broke);
      String closed = watcher.line();
      assertTrue(closed.endsWith(" reason=error cfd=" + id), closed);
    }
  }

  @Test
  void garbageBehindTheHandshakeIsAProtocolError() throws Exception {
    try (var raw = new Socket(server.address().getAddress(), server.address().getPort())) {
      TlsClient client = TlsClient.over(context, raw);
      assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
      raw.getOutputStream().write("garbage garbage\r\n".getBytes(US_ASCII));
      readToTheEnd(raw);
    }
    assertEquals("1", server.statistics().get("ssl_proto_errors"));
  }

  @Test
  void tlsToAPlainPortEndsAndNothingStaysOpen() throws Exception {
    try (Scrubjay plain = Scrubjay.start(ServerOptions.builder().port(0).build())) {
      try (var socket = new Socket(plain.address().getAddress(), plain.address().getPort())) {
        assertThrows(IOException.class, () -> TlsClient.over(context, socket));
      }
      Await.until(
          "the connection's end", () -> "0".equals(plain.statistics().get("curr_connections")));
    }
  }

  private static void readToTheEnd(Socket socket) throws IOException {
    try {
      byte[] _ = socket.getInputStream().readAllBytes();
    } catch (IOException reset) {
      assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset::toString);
    }
  }

  private static String pattern(int bytes) {
    StringBuilder text = new StringBuilder(bytes + 8);
    for (int i = 0; text.length() < bytes; i++) {
      text.append(i).append('.');
    }
    text.setLength(bytes);
    return text.toString();
  }

  /// Forwards what a client sends a byte at a time, each in a packet of its own.
  private static final class DrippingProxy implements AutoCloseable {
    private final ServerSocket listener =
        new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    private final Socket server;
    private final AtomicInteger forwarded = new AtomicInteger();

    DrippingProxy(InetSocketAddress address) throws IOException {
      server = new Socket(address.getAddress(), address.getPort());
      server.setTcpNoDelay(true);
    }

    Socket connect() throws IOException {
      Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
      listener.setSoTimeout(Await.MILLIS_MAX);
      Socket accepted = listener.accept();
      Thread.ofVirtual().start(() -> forward(accepted, server, 1));
      Thread.ofVirtual().start(() -> forward(server, accepted, 1 << 14));
      return client;
    }

    int forwarded() {
      return forwarded.get();
    }

    private void forward(Socket from, Socket to, int bytesAtOnce) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[bytesAtOnce];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          out.write(buffer, 0, count);
          forwarded.addAndGet(bytesAtOnce == 1 ? count : 0);
        }
        to.shutdownOutput();
      } catch (IOException over) {
        // One end has gone; the test sees what came until then.
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      server.close();
    }
  }
}
