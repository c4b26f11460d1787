package io.scrubjay.net.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a [TlsContext] is made of. Immutable.
///
/// @param chain PEM file of the certificate and those that signed it
/// @param key file of the private key; null: it is in `chain`
/// @param keyIsDer the key's file holds DER, not PEM
/// @param ca PEM file of who may sign clients' certificates; null: nobody may
/// @param ciphers a list in OpenSSL's form; null: the JDK's own choice
/// @param protocols TLS versions allowed, under the JDK's names
/// @param cacheSessions the server remembers sessions for clients without tickets
public record TlsSources(
    Path chain,
    @Nullable Path key,
    boolean keyIsDer,
    @Nullable Path ca,
    @Nullable String ciphers,
    List<String> protocols,
    boolean cacheSessions) {
  public TlsSources {
    protocols = List.copyOf(protocols);
  }

  /// The files read, each once.
  public List<Path> files() {
    return Stream.of(chain, key == null ? chain : key, ca == null ? chain : ca).distinct().toList();
  }
}
