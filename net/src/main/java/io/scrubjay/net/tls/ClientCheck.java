package io.scrubjay.net.tls;

/// Whether clients show a certificate.
public enum ClientCheck {
  /// Not asked.
  NONE,
  /// Asked; one that is shown must be good.
  REQUESTED,
  /// Must show a good one.
  REQUIRED
}
