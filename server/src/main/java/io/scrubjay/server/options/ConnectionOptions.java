package io.scrubjay.server.options;

/// What one connection, and all of them together, may use. Immutable.
///
/// @param connectionsMax `-c`
/// @param maxconnsFast refuse at the limit with a line; otherwise stop accepting
/// @param requestsPerEvent `-R`
/// @param idleTimeoutSeconds a TCP connection without a command for longer is closed; 0: never
/// @param readBufMemLimitBytes of all connections' buffers; 0: no limit
public record ConnectionOptions(
    int connectionsMax,
    boolean maxconnsFast,
    int requestsPerEvent,
    int idleTimeoutSeconds,
    long readBufMemLimitBytes) {
  /// How many sockets of connections that are over may still be open while others are served,
  /// beyond `connectionsMax`: whoever limits the process's open files adds them.
  public static final int LINGERING_MAX = 512;

  public ConnectionOptions {
    Require.that(connectionsMax > 0, "connectionsMax", connectionsMax, "more than 0");
    Require.that(requestsPerEvent > 0, "requestsPerEvent", requestsPerEvent, "more than 0");
    Require.that(
        readBufMemLimitBytes >= 0, "readBufMemLimitBytes", readBufMemLimitBytes, "0 or more");
  }
}
