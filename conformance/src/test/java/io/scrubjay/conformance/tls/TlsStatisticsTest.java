package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.tool.ToolRun;
import io.scrubjay.server.Scrubjay;
import io.scrubjay.testkit.FakeClock;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `stats` and `stats settings` say of TLS. Source: spec 2.8.1 and 2.8.2.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsStatisticsTest {
  private final FakeClock clock = new FakeClock();
  private Authority authority;

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    authority =
        new Authority(folder)
            .certificate("server", Authority.CURVE)
            .certificate("client", Authority.CURVE);
    authority.openssl("ec -in server.key -outform DER -out server.der");
  }

  private TlsServer options() {
    return TlsServer.of(authority, "server").with(it -> it.threads(1).clock(clock));
  }

  private TlsClient connect(Scrubjay server) throws Exception {
    Path ca = authority.file("ca.pem");
    var context = TlsClient.context(ca, authority.file("client.pem"));
    return TlsClient.connect(context, server.address());
  }

  private static Map<String, String> about(String prefix, Map<String, String> page) {
    Map<String, String> some = new LinkedHashMap<>(page);
    some.keySet().removeIf(name -> !name.startsWith(prefix));
    return some;
  }

  @Test
  void settingsAreToldAsTheyWereGiven() throws Exception {
    String ca = authority.file("ca.pem").toString();
    try (Scrubjay plain =
            TlsServer.of(authority.file("server.pem"), authority.file("server.key")).start();
        Scrubjay full =
            TlsServer.of(authority.file("server.pem"), authority.file("server.der"))
                .keyFormat(2)
                .verify(3, authority.file("ca.pem"))
                .ciphers("ALL")
                .wbuf(32 << 10)
                .sessionCache()
                .minVersion(3)
                .start();
        var one = connect(plain);
        var other = connect(full)) {
      assertEquals(
          settings("server.key", "0", "1", "NULL", "NULL", "16384", "no", "tlsv1.2"),
          about("ssl_", one.page("stats settings")).toString());
      assertEquals(
          settings("server.der", "7", "2", "ALL", ca, "32768", "yes", "tlsv1.3"),
          about("ssl_", other.page("stats settings")).toString());
    }
  }

  private String settings(
      String key,
      String verify,
      String form,
      String ciphers,
      String ca,
      String wbuf,
      String cache,
      String least) {
    return "{ssl_enabled=yes, ssl_chain_cert=%s, ssl_key=%s, "
            .formatted(authority.file("server.pem"), authority.file(key))
        + "ssl_verify_mode=%s, ssl_keyformat=%s, ssl_ciphers=%s, ssl_ca_cert=%s, "
            .formatted(verify, form, ciphers, ca)
        + "ssl_wbuf_size=%s, ssl_session_cache=%s, ssl_kernel_tls=no, ssl_min_version=%s}"
            .formatted(wbuf, cache, least);
  }

  @Test
  void countersAreThereAndAreReset() throws Exception {
    try (Scrubjay server = options().sessionCache().start()) {
      try (var plain = new Socket(server.address().getAddress(), server.address().getPort())) {
        plain.getOutputStream().write("version\r\n".getBytes(US_ASCII));
        assertEquals(0x15, plain.getInputStream().read(), "an alert");
      }
      try (var client = connect(server)) {
        assertEquals(
            "{ssl_new_sessions=1, ssl_handshake_errors=1, ssl_proto_errors=0}",
            about("ssl_", client.page("stats")).toString());
        assertEquals("RESET", client.ask("stats reset\r\n"));
        assertEquals(
            "{ssl_new_sessions=0, ssl_handshake_errors=0, ssl_proto_errors=0}",
            about("ssl_", client.page("stats")).toString());
      }
    }
  }

  @Test
  void theAgeOfTheCertificateBeginsAnewWhenItIsReadAgain() throws Exception {
    Path chain = Files.copy(authority.file("server.pem"), authority.file("aging.pem"));
    try (Scrubjay server =
            TlsServer.of(chain, authority.file("server.key"))
                .with(it -> it.threads(1).clock(clock))
                .start();
        var client = connect(server)) {
      clock.advanceSeconds(100);
      assertEquals("100", age(client));
      assertEquals("OK", client.ask("refresh_certs\r\n"));
      assertEquals("0", age(client));
      clock.advanceSeconds(5);
      Files.writeString(chain, "garbage\n");
      assertEquals(
          "Error loading the certificate chain: " + chain + " : no certificate in it",
          client.ask("refresh_certs\r\n"));
      assertEquals("5", age(client));
    }
  }

  private static @Nullable String age(TlsClient client) throws IOException {
    return client.page("stats").get("time_since_server_cert_refresh");
  }

  /// As with memcached, where the option is about the server's memory of sessions and its counter:
  /// clients with tickets resume either way.
  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void withoutTheCacheSessionsAreResumedByTicketsAndNotCounted(String version) throws Exception {
    String session = authority.file("session" + version).toString();
    try (Scrubjay server = options().start()) {
      int port = server.address().getPort();
      ToolRun first = OpensslRun.of(authority, port, version + " -sess_out " + session, "quit\r\n");
      assertEquals("New", first.stdout().replaceFirst("(?s).*\n(New|Reused), .*", "$1"));
      ToolRun second = OpensslRun.of(authority, port, version + " -sess_in " + session, "quit\r\n");
      assertEquals("Reused", second.stdout().replaceFirst("(?s).*\n(New|Reused), .*", "$1"));
      assertFalse(server.statistics().containsKey("ssl_new_sessions"));
    }
  }

  /// The option is what they need.
  @Test
  void clientsWithoutTicketsResumeWhenSessionsAreKept() throws Exception {
    for (TlsServer options : List.of(options(), options().sessionCache())) {
      try (Scrubjay server = options.start()) {
        int port = server.address().getPort();
        ToolRun run =
            OpensslRun.of(authority, port, "-tls1_2 -no_ticket -reconnect", "version\r\nquit\r\n");
        boolean kept = server.statistics().containsKey("ssl_new_sessions");
        assertEquals(kept, run.stdout().contains("\nReused, "), run::stdout);
        assertTrue(run.stdout().contains("VERSION 1.6.45"), run::stdout);
      }
    }
  }
}
