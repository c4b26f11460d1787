package io.scrubjay.net.tls;

import java.io.IOException;

/// A file or a list that TLS can't be set up with. The message is the reason alone; [#part] says of
/// what.
public final class TlsSetupException extends IOException {
  private static final long serialVersionUID = 1L;

  /// What could not be used.
  public enum Part {
    CERTIFICATE_CHAIN,
    KEY,
    CA_CERTIFICATE,
    CIPHERS
  }

  private final Part part;

  TlsSetupException(Part part, String reason) {
    super(reason);
    this.part = part;
  }

  TlsSetupException(Part part, Exception cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    this.part = part;
  }

  public Part part() {
    return part;
  }
}
