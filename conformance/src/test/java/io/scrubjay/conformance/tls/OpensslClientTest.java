package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.tool.ScriptRun;
import io.scrubjay.conformance.tool.ToolRun;
import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS as OpenSSL speaks it, which memcached's clients use: by its own tool, and by Python.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpensslClientTest {
  private static final String REQUESTS = "set k 0 0 2\r\nhi\r\nget k\r\nquit\r\n";
  private static final String REPLIES = "STORED\r\nVALUE k 0 2\r\nhi\r\nEND\r\n";

  private Path folder;
  private Authority authority;

  @BeforeAll
  void make(@TempDir Path made) throws Exception {
    folder = made;
    authority =
        new Authority(folder)
            .certificate("server", "rsa:2048")
            .certificate("client", Authority.CURVE)
            .certificate("expired", Authority.CURVE, "-days -1");
  }

  private static int port(Scrubjay server) {
    return server.address().getPort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void aConversationEndsWithBothSidesContent(String version) throws Exception {
    try (Scrubjay server = TlsServer.of(authority, "server").start()) {
      ToolRun run = OpensslRun.of(authority, port(server), version + " -quiet", REQUESTS);
      assertEquals(new ToolRun(0, REPLIES, run.stderr()), run);
      assertEquals("0", server.statistics().get("ssl_handshake_errors"));
      assertEquals("0", server.statistics().get("ssl_proto_errors"));
    }
  }

  @Test
  void tooOldAVersionIsToldAsThat() throws Exception {
    try (Scrubjay server = TlsServer.of(authority, "server").start()) {
      String old = "-tls1_1 -cipher DEFAULT@SECLEVEL=0 -quiet";
      ToolRun run = OpensslRun.of(authority, port(server), old, REQUESTS);
      assertNotEquals(0, run.exit());
      assertTrue(run.stderr().contains("alert protocol version"), run::toString);
      assertEquals("1", server.statistics().get("ssl_handshake_errors"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void aSessionIsResumed(String version) throws Exception {
    String session = folder.resolve("session" + version).toString();
    try (Scrubjay server = TlsServer.of(authority, "server").sessionCache().start()) {
      ToolRun first =
          OpensslRun.of(authority, port(server), version + " -sess_out " + session, REQUESTS);
      assertTrue(first.stdout().contains("\nNew, TLSv1."), first::toString);
      ToolRun second =
          OpensslRun.of(authority, port(server), version + " -sess_in " + session, REQUESTS);
      assertTrue(second.stdout().contains("\nReused, TLSv1."), second::toString);
      assertTrue(second.stdout().contains(REPLIES), second::toString);
      assertEquals("1", server.statistics().get("ssl_new_sessions"));
    }
  }

  /// Whose certificate is asked for is each listener's matter.
  @Test
  void theListenersPrefixSaysWhetherClientsShowACertificate() throws Exception {
    String files =
        "ssl_chain_cert=%s,ssl_key=%s,ssl_ca_cert=%s,ssl_verify_mode=1"
            .formatted(
                authority.file("server.pem"),
                authority.file("server.key"),
                authority.file("ca.pem"));
    String at = "127.0.0.1:0";
    String listeners = "notls:%1$s,btls:%1$s,mtls:%1$s,%1$s".formatted(at);
    try (var server =
        new TlsProcess(folder.resolve("ports"), "-t", "1", "-Z", "-o", files, "-l", listeners)) {
      try (var plain = new Socket(InetAddress.getLoopbackAddress(), server.port(0))) {
        plain.setSoTimeout(Await.MILLIS_MAX);
        plain.getOutputStream().write(REQUESTS.getBytes(US_ASCII));
        assertEquals(REPLIES, new String(plain.getInputStream().readAllBytes(), US_ASCII));
      }
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        assertEquals(List.of(true, true, true), served(server, version, "client"));
        assertEquals(List.of(true, false, true), served(server, version, ""));
        assertEquals(List.of(true, false, false), served(server, version, "expired"));
      }
    }
  }

  /// At `btls:`, `mtls:`, and without a prefix where one is asked for but not insisted on.
  private List<Boolean> served(TlsProcess server, String version, String certificate)
      throws Exception {
    String shown =
        certificate.isEmpty()
            ? ""
            : " -cert %s.pem -key %1$s.key".formatted(authority.file(certificate));
    List<Boolean> served = new ArrayList<>();
    for (int listener = 1; listener <= 3; listener++) {
      ToolRun run =
          OpensslRun.of(authority, server.port(listener), version + " -quiet" + shown, REQUESTS);
      boolean answered = run.stdout().equals(REPLIES);
      assertTrue(answered || run.stderr().contains(" alert "), run::toString);
      served.add(answered);
    }
    return served;
  }

  enum Renewal {
    COMMAND,
    SIGNAL,
    FILES
  }

  /// A connection that is open goes on as it began, and the next one sees the new certificate.
  @ParameterizedTest
  @EnumSource
  void aRenewedCertificateIsShownToTheNextConnection(Renewal how) throws Exception {
    Path chain = folder.resolve(how + ".pem");
    Path key = folder.resolve(how + ".key");
    FileTime first = FileTime.from(Instant.EPOCH.plusSeconds(1_000_000_000));
    put("server", first, chain, key);
    String files = "ssl_chain_cert=" + chain + ",ssl_key=" + key;
    try (var server =
            new TlsProcess(
                folder.resolve(how + ".ports"), "-t", "1", "-p", "-1", "-Z", "-o", files);
        var open = new OpensslSession(authority, server.port(0))) {
      assertEquals("STORED", open.ask("set k 0 0 2\r\nhi"));
      assertEquals(pem("server"), shown(server));
      // Of the same age, it is not found by whoever looks at the files.
      boolean found = how == Renewal.FILES;
      put("client", found ? FileTime.from(first.toInstant().plusSeconds(1)) : first, chain, key);
      switch (how) {
        case COMMAND -> assertEquals("OK", open.ask("refresh_certs"));
        case SIGNAL -> server.hangUp();
        case FILES -> {}
      }
      if (how != Renewal.COMMAND) {
        Await.until("the new certificate", () -> shown(server).equals(pem("client")));
      }
      assertEquals(pem("client"), shown(server));
      assertEquals("VALUE k 0 2", open.ask("get k"));
    }
  }

  /// Puts copies in place whole, each with its age.
  private void put(String name, FileTime time, Path chain, Path key) throws IOException {
    for (Path to : List.of(chain, key)) {
      String extension = to.equals(chain) ? ".pem" : ".key";
      Path copy = Files.copy(authority.file(name + extension), folder.resolve("copy"));
      Files.setLastModifiedTime(copy, time);
      Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private String pem(String name) throws IOException {
    return Files.readString(authority.file(name + ".pem")).strip();
  }

  /// What a new connection is shown.
  private String shown(TlsProcess server) throws Exception {
    ToolRun run = OpensslRun.of(authority, server.port(0), "-tls1_3", "quit\r\n");
    String end = "-----END CERTIFICATE-----";
    String said = run.stdout();
    assertTrue(said.contains(end), run::toString);
    return said.substring(said.indexOf("-----BEGIN"), said.indexOf(end) + end.length());
  }

  @Test
  void aPlainPortIsNoTlsPort() throws Exception {
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).build())) {
      ToolRun run = OpensslRun.of(authority, port(server), "-quiet", "quit\r\n");
      assertNotEquals(0, run.exit());
      Await.until(
          "the connection's end", () -> "0".equals(server.statistics().get("curr_connections")));
    }
  }

  /// Half a hello and no more, many times.
  @Test
  void handshakesThatStallHoldNobodyUp() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try (Scrubjay server = TlsServer.of(authority, "server").with(it -> it.threads(1)).start()) {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(server));
        stalled.add(socket);
        socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
      }
      ToolRun run = OpensslRun.of(authority, port(server), "-quiet", REQUESTS);
      assertEquals(REPLIES, run.stdout());
      for (Socket socket : stalled) {
        socket.close();
      }
      Await.until(
          "the connection's end", () -> "0".equals(server.statistics().get("curr_connections")));
      assertEquals("100", server.statistics().get("ssl_handshake_errors"));
      assertFalse(Integer.parseInt(server.statistics().get("read_buf_count")) > 1);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void pymemcacheSpeaksBothVersions() throws Exception {
    assertEquals(Map.of("TLSv1.2", "ok", "TLSv1.3", "ok"), run("pymemcache", "pymemcache_tls.py"));
  }

  @Test
  void pythonResumesSessionsAndMayDrip() throws Exception {
    assertEquals(
        Map.of(
            "resumed-TLSv1_2", "True",
            "dripped-TLSv1_2", "VERSION 1.6.45",
            "resumed-TLSv1_3", "True",
            "dripped-TLSv1_3", "VERSION 1.6.45"),
        run("Python's ssl", "python_tls.py"));
  }

  private Map<String, String> run(String library, String script) throws Exception {
    try (Scrubjay server = TlsServer.of(authority, "server").sessionCache().start()) {
      return ScriptRun.outcomes(
          library,
          ScriptRun.PYTHON,
          script,
          Integer.toString(port(server)),
          authority.file("ca.pem").toString());
    }
  }
}
