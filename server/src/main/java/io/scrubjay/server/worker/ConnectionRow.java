package io.scrubjay.server.worker;

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
          transport + "6:[" + withoutZeroes(six) + "]:" + inet.getPort();
      case InetSocketAddress inet ->
          transport + ":" + inet.getAddress().getHostAddress() + ":" + inet.getPort();
      default -> address.toString();
    };
  }

  /// As inet_ntop writes it: the longest run of two or more zero groups, the first of equals, is
  /// `::`. The JDK writes every group.
  private static String withoutZeroes(Inet6Address address) {
    byte[] bytes = address.getAddress();
    int groups = bytes.length / 2;
    int runStart = -1;
    int runLength = 1;
    for (int from = 0; from < groups; from++) {
      int to = from;
      while (to < groups && bytes[2 * to] == 0 && bytes[2 * to + 1] == 0) {
        to++;
      }
      if (to - from > runLength) {
        runStart = from;
        runLength = to - from;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < groups; group++) {
      if (group == runStart) {
        text.append("::");
        group += runLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      int value = Byte.toUnsignedInt(bytes[2 * group]) << 8;
      text.append(Integer.toHexString(value | Byte.toUnsignedInt(bytes[2 * group + 1])));
    }
    return text.toString();
  }
}
