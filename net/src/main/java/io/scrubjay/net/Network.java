package io.scrubjay.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/// A family of sockets and the poller that watches them.
///
/// Threads: any.
public interface Network {
  /// `epoll` or `nio`, as `-o poller=NAME` says.
  String name();

  /// Binds and listens, with SO_REUSEADDR, SO_KEEPALIVE, SO_LINGER 0 and TCP_NODELAY as memcached
  /// sets them; port 0 picks a free one. An IPv6 address is V6ONLY.
  ServerSocket listen(InetSocketAddress address, int backlog) throws IOException;

  /// Starts to connect; the socket becomes writable when it is connected and answers
  /// [StreamSocket#CLOSED] when that failed. For load generators and tests.
  StreamSocket connect(InetSocketAddress address) throws IOException;

  /// Binds a UDP socket; port 0 picks a free one. An IPv6 address is V6ONLY. Not with SO_REUSEADDR,
  /// under which Linux would give one port to two servers.
  DatagramSocket bindDatagram(InetSocketAddress address) throws IOException;

  Poller openPoller() throws IOException;
}
