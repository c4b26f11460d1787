package io.scrubjay.server.options;

import org.jspecify.annotations.Nullable;

/// TLS on the TCP listeners; each part but the first is the `-o ssl_…` of its name, and shown in
/// `stats settings` either way. Immutable.
///
/// @param enabled `-Z`
/// @param chainCert PEM file of the certificate and those that signed it
/// @param key file of the private key; null: it is in `chainCert`
/// @param keyFormat 1: PEM, 2: ASN.1
/// @param verifyMode of clients' certificates; 0: none, 1: asked for, 2: required, 3: once
/// @param ciphers OpenSSL's list, or null for the default
/// @param caCert PEM file of who may sign clients' certificates, or null
/// @param wbufBytes a worker's room for what is to be encrypted together
/// @param sessionCache sessions may be resumed
/// @param kernelTls records are made by the kernel
/// @param minVersion 0..3: TLS 1.0..1.3
public record TlsOptions(
    boolean enabled,
    @Nullable String chainCert,
    @Nullable String key,
    int keyFormat,
    int verifyMode,
    @Nullable String ciphers,
    @Nullable String caCert,
    int wbufBytes,
    boolean sessionCache,
    boolean kernelTls,
    int minVersion) {

  /// What holds where nothing is said.
  public static final TlsOptions DEFAULTS =
      new TlsOptions(false, null, null, 1, 0, null, null, 16 << 10, false, false, 2);

  /// `verifyMode` as OpenSSL's bits: 1 ask, 2 refuse who has none, 4 ask once.
  public int openSslVerifyMode() {
    return (1 << verifyMode) - 1;
  }
}
