package io.scrubjay.server;

import java.io.IOException;

/// TLS can't be set up as the options say; the message is the line for the operator.
public final class TlsRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  TlsRefusedException(String line) {
    super(line);
  }
}
