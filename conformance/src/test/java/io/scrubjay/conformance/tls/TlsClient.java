package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A blocking client that speaks TLS by the JDK and trusts one authority.
final class TlsClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final char[] NO_PASSWORD = {};

  private final SSLSocket socket;

  private TlsClient(SSLSocket socket) {
    this.socket = socket;
  }

  /// What clients are made from; connections of one context may resume each other's sessions.
  static SSLContext context(Path ca) throws IOException, GeneralSecurityException {
    return context(ca, null);
  }

  /// `mine`: of an elliptic curve, shown when asked; null: none.
  static SSLContext context(Path ca, @Nullable Path mine)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate(ca));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManager @Nullable [] keys = null;
    if (mine != null) {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      Path key = mine.resolveSibling(mine.getFileName().toString().replace(".pem", ".key"));
      own.setKeyEntry("own", key(key), NO_PASSWORD, new Certificate[] {certificate(mine)});
      KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
      factory.init(
          new KeyStoreBuilderParameters(
              KeyStore.Builder.newInstance(own, new KeyStore.PasswordProtection(NO_PASSWORD))));
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  static X509Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
    String text = Files.readString(pem).replaceAll("-----[^-]+-----", "");
    byte[] der = Base64.getMimeDecoder().decode(text);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  static TlsClient connect(SSLContext context, InetSocketAddress address, String... protocols)
      throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(address);
    return over(socket, protocols);
  }

  /// Over bytes that come from and go to `transport`.
  static TlsClient over(SSLContext context, Socket transport, String... protocols)
      throws IOException {
    transport.setSoTimeout(TIMEOUT_MILLIS);
    return over(
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(transport, "127.0.0.1", transport.getPort(), true),
        protocols);
  }

  private static TlsClient over(SSLSocket socket, String... protocols) throws IOException {
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.setTcpNoDelay(true);
    socket.startHandshake();
    return new TlsClient(socket);
  }

  SSLSocket socket() {
    return socket;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  String bytes(int count) throws IOException {
    byte[] read = socket.getInputStream().readNBytes(count);
    if (read.length < count) {
      throw new AssertionError("ended after " + read.length + " of " + count + " bytes");
    }
    return new String(read, ISO_8859_1);
  }

  /// All that comes until the server closes.
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = socket.getInputStream().read();
        next != '\n';
        next = socket.getInputStream().read()) {
      if (next < 0) {
        throw new AssertionError("ended inside " + line);
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  String ask(String request) throws IOException {
    send(request);
    return line();
  }

  /// The lines of `stats` or one of its pages, by name.
  Map<String, String> page(String request) throws IOException {
    send(request + "\r\n");
    Map<String, String> page = new LinkedHashMap<>();
    for (String line = line(); !line.equals("END"); line = line()) {
      String[] words = line.split(" ", 3);
      page.put(words[1], words[2]);
    }
    return page;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
