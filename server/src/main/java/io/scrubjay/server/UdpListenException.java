package io.scrubjay.server;

import java.io.IOException;

/// An address could not be bound for UDP, while TCP could have it.
public final class UdpListenException extends IOException {
  private static final long serialVersionUID = 1L;

  UdpListenException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
