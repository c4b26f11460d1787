package io.scrubjay.cli;

import io.scrubjay.server.options.TlsOptions;
import org.jspecify.annotations.Nullable;

/// `-Z` and the `ssl_…` items read so far, with memcached's defaults.
final class TlsSettings {
  boolean enabled;
  @Nullable String chainCert;
  @Nullable String key;
  int keyFormat = 1;
  int verifyMode;
  @Nullable String ciphers;
  @Nullable String caCert;
  int wbufBytes = 16 << 10;
  boolean sessionCache;
  boolean kernelTls;
  int minVersion = 2;

  TlsOptions options() {
    return new TlsOptions(
        enabled,
        chainCert,
        key,
        keyFormat,
        verifyMode,
        ciphers,
        caCert,
        wbufBytes,
        sessionCache,
        kernelTls,
        minVersion);
  }
}
