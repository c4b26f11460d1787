package io.scrubjay.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

/// A family of sockets and the poller that watches them.
///
/// Threads: any.
public interface Network {
  /// `epoll` or `nio`, as `-o poller=NAME` says.
  String name();

  /// Binds and listens, with SO_REUSEADDR, SO_KEEPALIVE, SO_LINGER 0 and TCP_NODELAY as memcached
  /// sets them; port 0 picks a free one. An IPv6 address is V6ONLY.
  ///
  /// Errors: [AddressInUseException], or another `IOException`; both name the address.
  ServerSocket listen(InetSocketAddress address, int backlog) throws IOException;

  /// Binds a unix socket and listens. A socket file that is there already is taken away first, as
  /// memcached does; any other file is refused. The new one has the permission bits `mode` before
  /// anybody can connect, and stays when the socket is closed.
  ServerSocket listen(UnixDomainSocketAddress path, int mode, int backlog) throws IOException;

  /// Takes over a socket that listens already, as systemd hands them down.
  ///
  /// Errors: `IOException` where the descriptor is no such socket or the platform can't.
  ServerSocket inherited(int descriptor) throws IOException;

  /// Starts to connect; the socket becomes writable when it is connected and answers
  /// [StreamSocket#CLOSED] when that failed. For load generators and tests.
  StreamSocket connect(InetSocketAddress address) throws IOException;

  /// Binds a UDP socket; port 0 picks a free one. An IPv6 address is V6ONLY. Not with SO_REUSEADDR,
  /// under which Linux would give one port to two servers.
  DatagramSocket bindDatagram(InetSocketAddress address) throws IOException;

  Poller openPoller() throws IOException;
}
