package io.scrubjay.net;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// A bound, non-blocking UDP socket that answers whoever was heard last.
///
/// The sender's address stays inside: what was received is answered with [#send] before the next
/// [#receive]. Threads: confined to the loop that watches it; before it is watched, to whoever
/// holds it. Errors and memory: as [StreamSocket]'s. Allocation: none with epoll; java.nio makes an
/// address per datagram.
public interface DatagramSocket extends Watchable {
  /// Nothing has come, or there is no room to send, right now.
  int WOULD_BLOCK = 0;

  /// This datagram can't be sent, or the socket is closed. What comes later may fare better.
  int CLOSED = -1;

  /// Receives one datagram into `target` at `offset`: its length, [#WOULD_BLOCK] or [#CLOSED]. What
  /// is longer than `bytes` (1 or more) is cut off there. An empty datagram is dropped, and told as
  /// [#WOULD_BLOCK]: a poller tells whether more wait.
  int receive(MemorySegment target, long offset, int bytes);

  /// Sends `bytes` (1 or more) from `source` at `offset` as one datagram to the sender of the last
  /// one received: the count, [#WOULD_BLOCK] or [#CLOSED]. Before anything was received: `CLOSED`.
  int send(MemorySegment source, long offset, int bytes);

  InetSocketAddress localAddress();
}
