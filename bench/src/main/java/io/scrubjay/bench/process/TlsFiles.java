package io.scrubjay.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate made for one run by the openssl tool, and where a server speaks TLS with it.
///
/// @param address the server's, beside the one without TLS that [ServerProcess] gives it
/// @param clients trust the certificate
public record TlsFiles(Path chain, Path key, InetSocketAddress address, SSLContext clients) {

  public static TlsFiles make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench-tls");
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    Process openssl =
        new ProcessBuilder(
                ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "
                        + key
                        + " -out "
                        + chain)
                    .split(" ", -1))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    if (openssl.waitFor() != 0) {
      throw new IOException("openssl: " + Files.readString(folder.resolve("openssl.log")));
    }
    try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var address = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
      return new TlsFiles(chain, key, address, trusting(chain));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the JDK does not take openssl's certificate", impossible);
    }
  }

  private static SSLContext trusting(Path chain) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(chain)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /// The options that make a server listen at [#address] with it.
  public List<String> options() {
    return List.of(
        "-Z",
        "-o",
        "ssl_chain_cert=" + chain + ",ssl_key=" + key,
        "-l",
        "127.0.0.1:" + address.getPort());
  }
}
