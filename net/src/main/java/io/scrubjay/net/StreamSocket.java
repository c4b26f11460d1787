package io.scrubjay.net;

import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;

/// A connected, non-blocking byte stream: TCP now, a unix socket or TLS later.
///
/// Threads: confined to the loop that watches it; before it is watched, to whoever holds it.
/// Errors: reads and writes never throw; a broken socket answers [#CLOSED] for good, and the owner
/// closes it. Allocation: none in [#read] and [#write].
public interface StreamSocket extends Watchable {
  /// Nothing to read, or no room to write, right now.
  int WOULD_BLOCK = 0;

  /// The peer closed its side, or the connection broke.
  int CLOSED = -1;

  /// Reads up to `bytes` into `target` at `offset`: the count, [#WOULD_BLOCK] or [#CLOSED]. Fewer
  /// than `bytes` means that the socket was empty then.
  int read(MemorySegment target, long offset, int bytes);

  /// Writes up to `bytes` from `source` at `offset`: the count, [#WOULD_BLOCK] or [#CLOSED].
  int write(MemorySegment source, long offset, int bytes);

  SocketAddress localAddress();

  SocketAddress remoteAddress();
}
