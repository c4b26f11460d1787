package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.testkit.Await;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections of one session that the server remembers: TLS 1.2 without tickets.
final class SharedSessionTest {
  private static final String TICKETS = "jdk.tls.client.enableSessionTicketExtension";

  /// The JDK reads the property whenever it makes a context; other tests may have theirs made
  /// meanwhile, and then resume in this way too, where the server lets them.
  private static SSLContext withoutTickets(Path ca) throws Exception {
    System.setProperty(TICKETS, "false");
    try {
      SSLContext context = TlsClient.context(ca);
      context.getClientSessionContext();
      return context;
    } finally {
      System.clearProperty(TICKETS);
    }
  }

  /// An error of one connection ends the session for all.
  @Test
  void aSessionThatEndsWhileItIsResumedServesTheConnection(@TempDir Path folder) throws Exception {
    Authority authority = new Authority(folder).certificate("server", Authority.CURVE);
    SSLContext context = withoutTickets(authority.file("ca.pem"));
    try (Scrubjay server =
            TlsServer.of(authority, "server").sessionCache().with(it -> it.threads(1)).start();
        var raw = new HeldSocket(server.address());
        var client = TlsClient.over(context, raw, "TLSv1.2");
        var held = new HeldSocket(server.address())) {
      assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
      held.holdAfterNext();
      var resuming = TlsClient.over(context, held, "TLSv1.2");
      assertArrayEquals(
          client.socket().getSession().getId(), resuming.socket().getSession().getId());
      raw.getOutputStream().write("garbage garbage\r\n".getBytes(US_ASCII));
      Await.until("an error", () -> "1".equals(server.statistics().get("ssl_proto_errors")));
      held.getOutputStream().write(held.release());
      assertEquals("VERSION 1.6.45", resuming.ask("version\r\n"));
      assertEquals("1", server.statistics().get("ssl_new_sessions"));
    }
  }
}
