package io.scrubjay.server.worker;

import io.scrubjay.net.InetText;
import io.scrubjay.net.StreamSocket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `stats conns` prints of one socket. Immutable. Source: spec 2.8.5.
///
/// @param id the socket's number, by which lines are sorted
/// @param transport `tcp` or `udp`; IPv6 is told from the address
/// @param address the peer's, or for a listener and a UDP socket their own
/// @param listenAddress where a client came in; null for a listener and a UDP socket
/// @param lastCommandSecond server second of the last request, or of the beginning
public record ConnectionRow(
    int id,
    String transport,
    SocketAddress address,
    @Nullable SocketAddress listenAddress,
    String state,
    int lastCommandSecond) {

  static ConnectionRow of(StreamSocket socket, ConnectionState state, int lastCommandSecond) {
    return new ConnectionRow(
        socket.id(),
        "tcp",
        socket.remoteAddress(),
        socket.localAddress(),
        state.wireName(),
        lastCommandSecond);
  }

  void print(Map<String, String> page, int now) {
    if (transport.equals("udp")) {
      page.put(id + ":UDP", "UDP");
    }
    page.put(id + ":addr", name(transport, address));
    if (listenAddress != null) {
      page.put(id + ":listen_addr", name(transport, listenAddress));
    }
    page.put(id + ":state", state);
    page.put(id + ":secs_since_last_cmd", Integer.toString(now - lastCommandSecond));
  }

  /// A unix client has no name, which memcached prints as an address of no family.
  private static String name(String transport, SocketAddress address) {
    return switch (address) {
      case UnixDomainSocketAddress unix when unix.getPath().toString().isEmpty() -> "?:<AF 0>";
      case UnixDomainSocketAddress unix -> "unix:" + unix.getPath();
      case InetSocketAddress inet when inet.getAddress() instanceof Inet6Address six ->
          transport + "6:[" + InetText.of(six) + "]:" + inet.getPort();
      case InetSocketAddress inet ->
          transport + ":" + InetText.of(inet.getAddress()) + ":" + inet.getPort();
      default -> address.toString();
    };
  }
}
