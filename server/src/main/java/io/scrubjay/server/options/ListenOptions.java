package io.scrubjay.server.options;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a server listens. Immutable.
///
/// @param tcp empty: no TCP
/// @param udp empty: no UDP
/// @param unixSocket null, or the only place to listen on
/// @param inherited descriptors of sockets that listen already; not empty: the only ones
/// @param backlog `-b`
/// @param inter `-l` as given, or null
/// @param port `-p`, for what is said of it
/// @param udpPort `-U`, for what is said of it
/// @param umask `-a`, for what is said of it
public record ListenOptions(
    List<Listener> tcp,
    List<Listener> udp,
    @Nullable UnixSocket unixSocket,
    List<Integer> inherited,
    int backlog,
    @Nullable String inter,
    int port,
    int udpPort,
    int umask) {

  /// The unix socket of `-s`.
  ///
  /// @param path where it lies
  /// @param mode `-a`, the file's permission bits
  public record UnixSocket(String path, int mode) {
    public static final int MODE_DEFAULT = 0700;
  }

  public ListenOptions {
    tcp = List.copyOf(tcp);
    udp = List.copyOf(udp);
    inherited = List.copyOf(inherited);
    Require.that(
        !tcp.isEmpty() || !udp.isEmpty() || unixSocket != null || !inherited.isEmpty(),
        "listening",
        tcp,
        "on something");
  }

  /// The same port on every host.
  ///
  /// @param port 0 picks a free one
  /// @param udpPort 0: no UDP, -1 picks a free one
  public static ListenOptions on(List<String> hosts, int port, int udpPort, int backlog) {
    Require.that(!hosts.isEmpty(), "listen", hosts, "at least one address");
    Require.that(udpPort >= -1, "udpPort", udpPort, "-1..65535 (0 is off, -1 picks a free port)");
    List<Listener> udp =
        udpPort == 0
            ? List.of()
            : hosts.stream().map(host -> Listener.on(host, Math.max(udpPort, 0))).toList();
    return new ListenOptions(
        hosts.stream().map(host -> Listener.on(host, port)).toList(),
        udp,
        null,
        List.of(),
        backlog,
        String.join(",", hosts),
        port,
        udpPort,
        UnixSocket.MODE_DEFAULT);
  }
}
