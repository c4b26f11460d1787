package io.scrubjay.net;

/// Chooses the [Network]: epoll through the foreign function API on Linux (x86-64, aarch64) where
/// native access is granted, java.nio anywhere else and on request.
public final class Networks {
  private Networks() {}

  public static Network preferred() {
    throw new UnsupportedOperationException("net: not built yet");
  }

  /// Errors: `IllegalArgumentException` for an unknown name or one this platform lacks.
  public static Network named(String name) {
    throw new UnsupportedOperationException("net: not built yet: " + name);
  }
}
