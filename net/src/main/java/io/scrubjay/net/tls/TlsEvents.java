package io.scrubjay.net.tls;

/// What happens to the connections of a [TlsLoop]. Called on the loop.
public interface TlsEvents {
  /// The handshake is done; `resumed`: of a session begun earlier.
  void established(boolean resumed);

  /// The handshake failed, or its client left; the connection is over.
  void handshakeFailed(String reason);

  /// What came after the handshake was no TLS; the connection is over.
  void protocolFailed(String reason);
}
