package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whose certificate is shown, whose is asked for, and what happens when files change. Source: spec
/// 6.3.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsCertificateTest {

  private Authority authority;
  private Path ca;
  private SSLContext stranger;
  private SSLContext known;

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    authority =
        new Authority(folder)
            .certificate("server", Authority.CURVE)
            .certificate("newer", "rsa:2048")
            .certificate("client", Authority.CURVE)
            .certificate("expired", Authority.CURVE, "-days -1");
    ca = authority.file("ca.pem");
    stranger = TlsClient.context(ca);
    known = TlsClient.context(ca, authority.file("client.pem"));
  }

  @Test
  void aRequiredCertificateMustBeShown() throws Exception {
    for (int mode : new int[] {2, 3}) {
      try (Scrubjay server = TlsServer.of(authority, "server").verify(mode, ca).start()) {
        assertSpeaks(server, known);
        assertRefused(server, stranger);
      }
    }
  }

  @Test
  void aRequestedCertificateMayBeMissingButNotBad() throws Exception {
    SSLContext late = TlsClient.context(ca, authority.file("expired.pem"));
    try (Scrubjay server = TlsServer.of(authority, "server").verify(1, ca).start()) {
      assertSpeaks(server, known);
      assertSpeaks(server, stranger);
      assertRefused(server, late);
    }
  }

  @Test
  void withoutAuthoritiesNoCertificateIsGood() throws Exception {
    try (Scrubjay server = TlsServer.of(authority, "server").verify(2, null).start()) {
      assertRefused(server, known);
    }
  }

  @Test
  void sessionsAreResumedAndNewOnesCounted() throws Exception {
    SSLContext own = TlsClient.context(ca);
    try (Scrubjay server = TlsServer.of(authority, "server").sessionCache().start()) {
      for (int i = 0; i < 3; i++) {
        assertSpeaks(server, own);
      }
      assertEquals("1", server.statistics().get("ssl_new_sessions"));
    }
  }

  @Test
  void refreshCertsShowsTheNewOneToNewConnectionsOnly() throws Exception {
    Path chain = copy("server.pem", "shown.pem");
    Path key = copy("server.key", "shown.key");
    try (Scrubjay server = TlsServer.of(chain, key).start();
        var before = TlsClient.connect(stranger, server.address())) {
      Certificate first = before.socket().getSession().getPeerCertificates()[0];
      copy("newer.pem", "shown.pem");
      assertEquals(
          "Error loading the key: " + key + " : key values mismatch",
          before.ask("refresh_certs\r\n"));
      copy("newer.key", "shown.key");
      assertEquals("OK", before.ask("refresh_certs\r\n"));
      assertEquals("VERSION 1.6.45", before.ask("version\r\n"));
      assertNotEquals(first, shown(server));
      assertEquals(TlsClient.certificate(chain), shown(server));
    }
  }

  @Test
  void changedFilesAreReadByThemselves() throws Exception {
    Path chain = copy("server.pem", "changing.pem");
    Path key = copy("server.key", "changing.key");
    try (Scrubjay server = TlsServer.of(chain, key).start()) {
      Certificate first = shown(server);
      // The key first: until the certificate has come, the pair does not fit and is not taken.
      copy("newer.key", "changing.key");
      copy("newer.pem", "changing.pem");
      Await.until("the new certificate", () -> !shown(server).equals(first));
      assertEquals(TlsClient.certificate(chain), shown(server));
    }
  }

  @Test
  void withoutTlsThereIsNothingToRefresh() throws Exception {
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).build());
        var plain = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      plain.setSoTimeout(Await.MILLIS_MAX);
      plain.getOutputStream().write("refresh_certs\r\nquit\r\n".getBytes(US_ASCII));
      assertEquals(
          "Error TLS not enabled\r\n", new String(plain.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  @Test
  void anExpiredCertificateIsServedAsOpensslServesIt() throws Exception {
    try (Scrubjay server = TlsServer.of(authority, "expired").start()) {
      assertRefusedByClient(server);
    }
  }

  private static void assertSpeaks(Scrubjay server, SSLContext context) throws IOException {
    try (var client = TlsClient.connect(context, server.address())) {
      assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
      client.send("quit\r\n");
      assertEquals("", client.rest());
    }
  }

  /// In TLS 1.3 a client learns that its certificate was refused when it reads.
  private static void assertRefused(Scrubjay server, SSLContext context) {
    String before = server.statistics().get("ssl_handshake_errors");
    assertThrows(IOException.class, () -> assertSpeaks(server, context));
    assertNotEquals(before, server.statistics().get("ssl_handshake_errors"));
  }

  private void assertRefusedByClient(Scrubjay server) {
    IOException refused = assertThrows(IOException.class, () -> assertSpeaks(server, stranger));
    assertTrue(refused.toString().contains("certificate_expired"), refused::toString);
  }

  private Certificate shown(Scrubjay server) throws Exception {
    try (var client = TlsClient.connect(TlsClient.context(ca), server.address())) {
      return client.socket().getSession().getPeerCertificates()[0];
    }
  }

  private Path copy(String from, String to) throws IOException {
    return Files.copy(
        authority.file(from), authority.file(to), StandardCopyOption.REPLACE_EXISTING);
  }
}
