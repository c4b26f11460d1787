package io.scrubjay.conformance.tls;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.TlsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts servers with one TLS option or another.
final class TlsServer {
  private final Path chain;
  private final @Nullable Path key;
  private @Nullable String ciphers;
  private @Nullable Path ca;
  private int verifyMode;
  private boolean sessionCache;
  private boolean kernelTls;
  private int wbufBytes = 16 << 10;
  private int keyFormat = 1;
  private int minVersion = 2;
  private final ServerOptions.Builder rest = ServerOptions.builder().port(0).threads(2);

  private TlsServer(Path chain, @Nullable Path key) {
    this.chain = chain;
    this.key = key;
  }

  /// With `name.pem` and `name.key`.
  static TlsServer of(Authority authority, String name) {
    return new TlsServer(authority.file(name + ".pem"), authority.file(name + ".key"));
  }

  static TlsServer of(Path chain, @Nullable Path key) {
    return new TlsServer(chain, key);
  }

  TlsServer ciphers(String list) {
    ciphers = list;
    return this;
  }

  TlsServer verify(int mode, @Nullable Path authorities) {
    verifyMode = mode;
    ca = authorities;
    return this;
  }

  TlsServer sessionCache() {
    sessionCache = true;
    return this;
  }

  TlsServer kernelTls() {
    kernelTls = true;
    return this;
  }

  TlsServer keyFormat(int format) {
    keyFormat = format;
    return this;
  }

  TlsServer minVersion(int version) {
    minVersion = version;
    return this;
  }

  TlsServer wbuf(int bytes) {
    wbufBytes = bytes;
    return this;
  }

  /// Says what has nothing to do with TLS.
  TlsServer with(Consumer<ServerOptions.Builder> words) {
    words.accept(rest);
    return this;
  }

  Scrubjay start() throws IOException {
    var tls =
        new TlsOptions(
            true,
            chain.toString(),
            key == null ? null : key.toString(),
            keyFormat,
            verifyMode,
            ciphers,
            ca == null ? null : ca.toString(),
            wbufBytes,
            sessionCache,
            kernelTls,
            minVersion);
    return Scrubjay.start(rest.tls(tls).build());
  }
}
