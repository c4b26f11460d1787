package io.scrubjay.server.options;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a server listens. Immutable.
///
/// @param hosts `-l`, host names or addresses, each bound on `port` and `udpPort`
/// @param port `-p`; 0 picks a free one
/// @param udpPort `-U`; 0: no UDP, -1 picks a free one
/// @param unixSocket null, or the only place to listen on
/// @param backlog `-b`
public record ListenOptions(
    List<String> hosts, int port, int udpPort, @Nullable UnixSocket unixSocket, int backlog) {

  /// The unix socket of `-s`.
  ///
  /// @param path where it lies
  /// @param mode `-a`, the file's permission bits
  public record UnixSocket(String path, int mode) {
    public static final int MODE_DEFAULT = 0700;
  }

  public ListenOptions {
    hosts = List.copyOf(hosts);
    Require.that(!hosts.isEmpty(), "listen", hosts, "at least one address");
    Require.that(port >= 0 && port <= 65_535, "port", port, "0..65535 (0 picks a free port)");
    Require.that(
        udpPort >= -1 && udpPort <= 65_535,
        "udpPort",
        udpPort,
        "-1..65535 (0 is off, -1 picks a free port)");
  }
}
