package io.scrubjay.server;

import io.scrubjay.engine.FileFailure;
import java.io.IOException;

/// An address could not be had. The message is memcached's line, with the reason at its end.
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  ListenException(String what, IOException cause) {
    super(what + ": " + FileFailure.reason(cause), cause);
  }
}
