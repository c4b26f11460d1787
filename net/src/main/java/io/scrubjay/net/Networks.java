package io.scrubjay.net;

/// Chooses the [Network]: epoll through the foreign function API on Linux (x86-64, aarch64) where
/// native access is granted, java.nio anywhere else and on request.
public final class Networks {
  private Networks() {}

  public static Network preferred() {
    if (!Networks.class.getModule().isNativeAccessEnabled()) {
      return new NioNetwork();
    }
    try {
      return epoll();
    } catch (IllegalArgumentException lacking) {
      return new NioNetwork();
    }
  }

  /// Errors: `IllegalArgumentException` for an unknown name or one this platform lacks.
  public static Network named(String name) {
    return switch (name) {
      case EpollNetwork.NAME -> epoll();
      case NioNetwork.NAME -> new NioNetwork();
      default ->
          throw new IllegalArgumentException(
              "poller = " + name + ", must be " + EpollNetwork.NAME + " or " + NioNetwork.NAME);
    };
  }

  /// Without native access the JVM denies the calls, or warns and allows them, as it was told to.
  private static Network epoll() {
    if (Platform.current() == Platform.OTHER) {
      throw new IllegalArgumentException("poller = epoll, which this platform lacks");
    }
    try {
      LinuxCalls.link();
    } catch (LinkageError | IllegalCallerException denied) {
      throw new IllegalArgumentException(
          "poller = epoll, which can't be linked; is native access granted?", denied);
    }
    return new EpollNetwork();
  }
}
