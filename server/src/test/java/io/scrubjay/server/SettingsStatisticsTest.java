package io.scrubjay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.ListenOptions.UnixSocket;
import io.scrubjay.server.options.TlsOptions;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `stats settings` tells what was asked for, also where it had no effect. Source: spec 2.8.2.
@Timeout(60)
class SettingsStatisticsTest {
  @TempDir Path folder;

  private String page(ServerOptions.Builder options) throws Exception {
    String path = folder.resolve("s").toString();
    var unix = new UnixSocket(path, UnixSocket.MODE_DEFAULT);
    var listening =
        new ListenOptions(List.of(), List.of(), unix, List.of(), 8, null, 11_311, 11_312, 0700);
    try (Scrubjay _ =
            Scrubjay.start(options.engine("model").threads(1).listening(listening).build());
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(path));
      client.write(ByteBuffer.wrap("stats settings\r\nquit\r\n".getBytes(US_ASCII)));
      return new String(Channels.newInputStream(client).readAllBytes(), US_ASCII);
    }
  }

  @Test
  void portsBesideAUnixSocketAreThoseAskedFor() throws Exception {
    String page = page(ServerOptions.builder());
    assertTrue(page.contains("STAT tcpport 11311\r\nSTAT udpport 11312\r\n"), page);
  }

  @Test
  void theWordsOfTlsAreShownWithoutTls() throws Exception {
    var tls = new TlsOptions(false, "chain", "key", 1, 3, "x", "ca", 8 << 10, true, false, 3);
    String page = page(ServerOptions.builder().tls(tls));
    for (String row :
        List.of(
            "ssl_enabled no",
            "ssl_chain_cert chain",
            "ssl_key key",
            "ssl_verify_mode 7",
            "ssl_ciphers x",
            "ssl_ca_cert ca",
            "ssl_wbuf_size 8192",
            "ssl_session_cache yes",
            "ssl_min_version tlsv1.3")) {
      assertTrue(page.contains("STAT " + row + "\r\n"), () -> row + " in " + page);
    }
  }
}
