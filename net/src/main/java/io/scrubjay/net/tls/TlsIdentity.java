package io.scrubjay.net.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The one certificate a server shows, and its key. Threads: any.
final class TlsIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "server";

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /// Whether what the key signs is verified by the certificate.
  boolean matches() throws GeneralSecurityException {
    PublicKey shown = chain.getFirst().getPublicKey();
    if (!kind(shown.getAlgorithm()).equals(kind(key.getAlgorithm()))) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            switch (kind(key.getAlgorithm())) {
              case "EC" -> "SHA256withECDSA";
              case "EdDSA" -> "EdDSA";
              default -> "SHA256withRSA";
            });
    byte[] sample = ALIAS.getBytes(US_ASCII);
    signature.initSign(key);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update(sample);
    return signature.verify(signed);
  }

  private static String kind(String algorithm) {
    return switch (algorithm) {
      case "RSASSA-PSS" -> "RSA";
      case "Ed25519", "Ed448" -> "EdDSA";
      default -> algorithm;
    };
  }

  private @Nullable String alias(String keyType) {
    return kind(keyType).equals(kind(key.getAlgorithm())) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return alias(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = alias(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return Objects.equals(alias, ALIAS) ? chain.toArray(X509Certificate[]::new) : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return Objects.equals(alias, ALIAS) ? key : null;
  }
}
