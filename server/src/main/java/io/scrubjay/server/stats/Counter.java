package io.scrubjay.server.stats;

/// What workers count, one array slot each; the names in lower case are those in `stats`. All are
/// cleared by `stats reset`.
public enum Counter {
  CMD_GET,
  CMD_SET,
  CMD_FLUSH,
  CMD_TOUCH,
  CMD_META,
  GET_HITS,
  GET_MISSES,
  GET_EXPIRED,
  GET_FLUSHED,
  DELETE_MISSES,
  DELETE_HITS,
  INCR_MISSES,
  INCR_HITS,
  DECR_MISSES,
  DECR_HITS,
  CAS_MISSES,
  CAS_HITS,
  CAS_BADVAL,
  TOUCH_HITS,
  TOUCH_MISSES,
  STORE_TOO_LARGE,
  STORE_NO_MEMORY,
  AUTH_CMDS,
  AUTH_ERRORS,
  IDLE_KICKS,
  BYTES_READ,
  BYTES_WRITTEN,
  CONN_YIELDS,
  SSL_NEW_SESSIONS,
  SSL_HANDSHAKE_ERRORS,
  SSL_PROTO_ERRORS,
  /// Input buffers that could not be had: the connection was closed.
  READ_BUF_OOM,
  RESPONSE_OBJ_OOM;

  static final int COUNT = values().length;

  public String statName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
