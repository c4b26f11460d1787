package io.scrubjay.net.tls;

import io.scrubjay.net.tls.TlsSetupException.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Certificate, key, trust and rules as they were when loaded; what is loaded later makes another
/// context, and connections keep the one they began with. Immutable. Threads: any.
///
/// Sessions are resumed by tickets, which need no memory here; `cacheSessions` keeps up to
/// [#SESSIONS_MAX] besides, for clients without. Where it is false a [TlsLoop] must not keep them.
public final class TlsContext {
  private static final int SESSIONS_MAX = 20_480;

  private final SSLContext context;
  private final String[] protocols;
  private final String @Nullable [] suites;
  private final X509Certificate certificate;

  private TlsContext(
      SSLContext context,
      List<String> protocols,
      @Nullable List<String> suites,
      X509Certificate certificate) {
    this.context = context;
    this.protocols = protocols.toArray(String[]::new);
    this.suites = suites == null ? null : suites.toArray(String[]::new);
    this.certificate = certificate;
  }

  /// Reads the files, and makes sure that key and certificate belong together. Blocks.
  public static TlsContext load(TlsSources sources) throws TlsSetupException {
    List<X509Certificate> chain = certificates(sources.chain(), Part.CERTIFICATE_CHAIN);
    TlsIdentity identity = new TlsIdentity(chain, key(sources));
    try {
      if (!identity.matches()) {
        throw new TlsSetupException(Part.KEY, "key values mismatch");
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new TlsIdentity[] {identity}, new TrustManager[] {trust(sources.ca())}, null);
      context
          .getServerSessionContext()
          .setSessionCacheSize(sources.cacheSessions() ? SESSIONS_MAX : 1);
      return new TlsContext(
          context, sources.protocols(), suites(sources.ciphers(), context), chain.getFirst());
    } catch (GeneralSecurityException unusable) {
      throw new TlsSetupException(Part.KEY, unusable);
    }
  }

  /// When the certificate stops being valid.
  public Instant expires() {
    Date end = certificate.getNotAfter();
    return end.toInstant();
  }

  /// An engine for one connection of a client.
  public SSLEngine serverEngine(ClientCheck check) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols);
    if (suites != null) {
      parameters.setCipherSuites(suites);
    }
    switch (check) {
      case NONE -> {}
      case REQUESTED -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static List<X509Certificate> certificates(Path file, Part part) throws TlsSetupException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemBlocks.Block block : PemBlocks.read(file)) {
        if (block.label().endsWith("CERTIFICATE")) {
          ByteArrayInputStream bytes = new ByteArrayInputStream(block.der().bytes());
          certificates.add((X509Certificate) factory.generateCertificate(bytes));
        }
      }
    } catch (IOException unreadable) {
      throw new TlsSetupException(part, unreadable);
    } catch (GeneralSecurityException _) {
      // The JDK's words name its own classes.
      throw new TlsSetupException(part, "a certificate in it can't be parsed");
    }
    if (certificates.isEmpty()) {
      throw new TlsSetupException(part, "no certificate in it");
    }
    return certificates;
  }

  private static PrivateKey key(TlsSources sources) throws TlsSetupException {
    Path file = sources.key() == null ? sources.chain() : sources.key();
    try {
      return sources.keyIsDer() ? PrivateKeys.fromDerFile(file) : PrivateKeys.fromPem(file);
    } catch (IOException unreadable) {
      throw new TlsSetupException(Part.KEY, unreadable);
    }
  }

  private static TrustManager trust(@Nullable Path ca)
      throws TlsSetupException, GeneralSecurityException {
    if (ca == null) {
      return new TrustNobody();
    }
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      for (X509Certificate certificate : certificates(ca, Part.CA_CERTIFICATE)) {
        anchors.setCertificateEntry("ca-" + anchors.size(), certificate);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors);
      return factory.getTrustManagers()[0];
    } catch (TlsSetupException known) {
      throw known;
    } catch (IOException unusable) {
      throw new TlsSetupException(Part.CA_CERTIFICATE, unusable);
    }
  }

  private static @Nullable List<String> suites(@Nullable String list, SSLContext context)
      throws TlsSetupException {
    if (list == null) {
      return null;
    }
    List<String> known = List.of(context.getDefaultSSLParameters().getCipherSuites());
    List<String> chosen = CipherList.select(list, known);
    if (chosen.isEmpty()) {
      throw new TlsSetupException(Part.CIPHERS, list);
    }
    return chosen;
  }
}
