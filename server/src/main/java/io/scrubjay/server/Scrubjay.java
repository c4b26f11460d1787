package io.scrubjay.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// A running server: memcached inside this JVM. Several may run beside each other.
///
/// ```java
/// try (var server = Scrubjay.start(ServerOptions.builder().port(0).build())) {
///   connectTo(server.address());
/// }
/// ```
///
/// Threads: any. Ownership: [#close] stops the workers, closes every connection and gives all
/// memory back; it returns when that is done.
public final class Scrubjay implements AutoCloseable {
  private Scrubjay() {}

  /// Returns when the server answers.
  ///
  /// Errors: `IllegalArgumentException` for options that can't be; `IOException` naming the address
  /// that can't be bound.
  public static Scrubjay start(ServerOptions options) throws IOException {
    throw new UnsupportedOperationException("server: not built yet: " + options);
  }

  /// The first address that the server listens on.
  public InetSocketAddress address() {
    return addresses().getFirst();
  }

  public List<InetSocketAddress> addresses() {
    throw new UnsupportedOperationException("server: not built yet");
  }

  @Override
  public void close() {}
}
