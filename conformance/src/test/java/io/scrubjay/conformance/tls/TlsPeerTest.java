package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients may do to a TLS connection beside talking, and what they must not do.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsPeerTest {
  private static final String VERSION = "VERSION 1.6.45";
  private static final byte[] GARBAGE = "garbage garbage\r\n".getBytes(US_ASCII);

  /// Fatal, but not encrypted.
  private static final byte[] FORGED_ALERT = {21, 3, 3, 0, 2, 2, 40};

  private final FakeClock clock = new FakeClock();
  private Authority authority;
  private SSLContext context;
  private Scrubjay server;

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    authority = new Authority(folder).certificate("server", Authority.CURVE);
    context = TlsClient.context(authority.file("ca.pem"));
  }

  @BeforeEach
  void start() throws Exception {
    server =
        TlsServer.of(authority, "server")
            .with(it -> it.threads(1).clock(clock).idleTimeoutSeconds(10))
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TlsClient connect(String... protocols) throws IOException {
    return TlsClient.connect(context, server.address(), protocols);
  }

  private @Nullable String figure(String name) {
    return server.statistics().get(name);
  }

  private void assertNobodyIsLeft() {
    Await.until("the connections' end", () -> "0".equals(figure("curr_connections")));
  }

  /// Once connected, TLS 1.3's `startHandshake` asks for new keys and gives some.
  @Test
  void keysMayBeChangedAtAnyTime() throws Exception {
    try (var raw = new HeldSocket(server.address());
        var client = TlsClient.over(context, raw)) {
      for (int i = 0; i < 20; i++) {
        client.socket().startHandshake();
        assertEquals(VERSION, client.ask("version\r\n"));
      }
      raw.hold();
      for (int i = 0; i < 3; i++) {
        client.send("version\r\n");
        client.socket().startHandshake();
      }
      raw.getOutputStream().write(raw.release());
      for (int i = 0; i < 3; i++) {
        assertEquals(VERSION, client.line());
      }
      assertEquals("0", figure("ssl_proto_errors"));
    }
  }

  /// In TLS 1.2 it is a renegotiation.
  @Test
  void whoRenegotiatesIsClosedAndNobodyElse() throws Exception {
    try (var client = connect("TLSv1.2");
        var other = connect("TLSv1.2")) {
      assertEquals(VERSION, client.ask("version\r\n"));
      assertThrows(
          IOException.class,
          () -> {
            client.socket().startHandshake();
            client.ask("version\r\n");
          });
      assertEquals(VERSION, other.ask("version\r\n"));
      assertEquals("1", figure("ssl_proto_errors"));
    }
    assertNobodyIsLeft();
  }

  /// A reply would have told the connection; without one it has to find out by itself.
  @ParameterizedTest
  @CsvSource({"TLSv1.2, 0", "TLSv1.2, 1", "TLSv1.3, 0", "TLSv1.3, 1"})
  void whatIsNoTlsBehindARequestInTheSamePacketIsCounted(String version, int which)
      throws Exception {
    try (var watcher = connect();
        var raw = new HeldSocket(server.address());
        var client = TlsClient.over(context, raw, version)) {
      assertEquals(VERSION, client.ask("version\r\n"));
      assertEquals("OK", watcher.ask("watch connevents\r\n"));
      raw.hold();
      client.send("set g 0 0 1 noreply\r\nx\r\n");
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.writeBytes(raw.release());
      packet.writeBytes(List.of(GARBAGE, FORGED_ALERT).get(which));
      raw.getOutputStream().write(packet.toByteArray());
      String broke = watcher.line();
      assertTrue(broke.contains(" type=conntlserr "), broke);
      assertTrue(watcher.line().contains(" reason=error "));
      assertEquals("1", figure("ssl_proto_errors"));
      assertEquals("1", figure("curr_items"));
    }
  }

  @Test
  void halfARecordIsNoRequest() throws Exception {
    try (var raw = new HeldSocket(server.address());
        var client = TlsClient.over(context, raw)) {
      assertEquals(VERSION, client.ask("version\r\n"));
      raw.hold();
      client.send("set h 0 0 1\r\nx\r\n");
      byte[] record = raw.release();
      raw.getOutputStream().write(Arrays.copyOf(record, record.length - 1));
      raw.shutdownOutput();
      assertNobodyIsLeft();
      assertEquals("0", figure("curr_items"));
    }
  }

  /// The end without TLS's own goodbye, behind a request.
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whoEndsAbruptlyStillGetsTheAnswer(String version) throws Exception {
    try (var raw = new HeldSocket(server.address());
        var client = TlsClient.over(context, raw, version)) {
      client.send("version\r\n");
      raw.shutdownOutput();
      assertEquals(VERSION, client.line());
      assertNobodyIsLeft();
    }
  }

  @Test
  void whoIsResetLeavesNothing() throws Exception {
    for (String sent : new String[] {"", "get k\r\n", "set k 0 0 100000\r\nhalf"}) {
      try (var raw = new HeldSocket(server.address())) {
        TlsClient client = TlsClient.over(context, raw);
        client.send("version\r\n" + sent);
        assertEquals(VERSION, client.line());
        raw.setSoLinger(true, 0);
      }
    }
    assertNobodyIsLeft();
    assertEquals("0", figure("ssl_proto_errors"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whoSaysGoodbyeInTheSamePacketStillGetsTheAnswers(String version) throws Exception {
    try (var raw = new HeldSocket(server.address());
        var client = TlsClient.over(context, raw, version)) {
      assertEquals(VERSION, client.ask("version\r\n"));
      raw.hold();
      client.send("set h 0 0 1\r\nx\r\nget h\r\n");
      client.socket().shutdownOutput();
      raw.getOutputStream().write(raw.release());
      assertEquals("STORED\r\nVALUE h 0 1\r\nx\r\nEND\r\n", client.rest());
    }
  }

  /// One record that is all a read takes, and two: the goodbye is there before they are answered.
  @ParameterizedTest
  @ValueSource(ints = {16 << 10, 20_000})
  void whoSaysGoodbyeBehindALongRequestStillGetsTheAnswers(int bytes) throws Exception {
    try (var raw = new HeldSocket(server.address());
        var client = TlsClient.over(context, raw, "TLSv1.2")) {
      assertEquals(VERSION, client.ask("version\r\n"));
      raw.hold();
      client.send("get " + "k ".repeat(bytes / 2) + "\r\nversion\r\n");
      client.socket().shutdownOutput();
      raw.getOutputStream().write(raw.release());
      assertEquals("END\r\n" + VERSION + "\r\n", client.rest());
    }
  }

  @Test
  void aHandshakeThatStallsIsIdle() throws Exception {
    try (var silent = new Socket(server.address().getAddress(), server.address().getPort());
        var half = new Socket(server.address().getAddress(), server.address().getPort())) {
      half.getOutputStream().write(Arrays.copyOf(hello(), 100));
      // Of the same worker, and later: both are its connections when this one is answered.
      try (var client = connect()) {
        assertEquals(VERSION, client.ask("version\r\n"));
      }
      Await.until("both alone", () -> "2".equals(figure("curr_connections")));
      clock.advanceSeconds(11);
      assertNobodyIsLeft();
      assertEquals("2", figure("idle_kicks"));
      assertEquals(-1, silent.getInputStream().read());
    }
  }

  /// Whatever a hello becomes on its way, it costs its own connection and no other.
  @Test
  void hellosThatWereDamagedEndQuietly() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] hello = hello();
    for (int i = 0; i < 500; i++) {
      byte[] damaged = hello.clone();
      for (int hits = random.nextInt(4); hits >= 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try (var raw = new Socket(server.address().getAddress(), server.address().getPort())) {
        raw.getOutputStream().write(damaged);
        raw.shutdownOutput();
        raw.setSoTimeout(Await.MILLIS_MAX);
        assertTrue(endsWithin(raw), "seed " + seed + ", hello " + i);
      }
    }
    assertNobodyIsLeft();
    assertEquals("500", figure("ssl_handshake_errors"), "seed " + seed);
    try (var client = connect()) {
      assertEquals(VERSION, client.ask("version\r\n"));
    }
  }

  private static boolean endsWithin(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (java.net.SocketException reset) {
      return String.valueOf(reset.getMessage()).contains("reset");
    }
  }

  private byte[] hello() throws IOException {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }
}
