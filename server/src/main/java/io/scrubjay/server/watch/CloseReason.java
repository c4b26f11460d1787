package io.scrubjay.server.watch;

/// Why a connection ended, as a `conn_close` line says it.
public enum CloseReason {
  /// The client left, or said that it would.
  NORMAL,
  /// It sent what no connection survives, or the socket broke.
  ERROR,
  IDLE_TIMEOUT,
  /// By its own `shutdown` command.
  SHUTDOWN;

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
