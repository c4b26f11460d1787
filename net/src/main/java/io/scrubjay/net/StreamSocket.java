package io.scrubjay.net;

import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A connected, non-blocking byte stream: TCP, a unix socket, or what is inside TLS.
///
/// Threads: confined to the loop that watches it; before it is watched, to whoever holds it.
/// Errors: reads and writes never throw; a broken socket answers [#CLOSED] for good, and the owner
/// closes it. What throws is the caller's mistake: bytes outside the segment, none at all, memory
/// that isn't native, read-only or freed. Allocation: none in [#read] and [#write].
///
/// Memory: an address is what the system gets, with its bounds checked; the caller sees to it that
/// no other thread closes the segment's arena before the call returns.
public interface StreamSocket extends Watchable {
  /// Nothing to read, or no room to write, right now.
  int WOULD_BLOCK = 0;

  /// The peer closed its side, or the connection broke.
  int CLOSED = -1;

  /// Reads up to `bytes` (1 or more) into `target` at `offset`: the count, [#WOULD_BLOCK] or
  /// [#CLOSED]. Fewer than `bytes` means that the socket was empty then.
  int read(MemorySegment target, long offset, int bytes);

  /// Writes up to `bytes` (1 or more) from `source` at `offset`: the count, [#WOULD_BLOCK] or
  /// [#CLOSED].
  int write(MemorySegment source, long offset, int bytes);

  /// Nothing more is written: the peer finds the end behind all that was. What it still sends may
  /// be read. More than once does no harm, nor does a broken socket.
  void endOutput();

  /// What broke the connection, in words. Null: nothing that was told yet; the peer may have closed
  /// it. To be asked before [#close].
  @Nullable String failure();

  @Override
  default StreamSocket polled() {
    return this;
  }

  /// Bytes, or the end, have come and were not read yet, of which no poller tells: read on without
  /// waiting.
  default boolean holdsInput() {
    return false;
  }

  SocketAddress localAddress();

  /// 0.0.0.0:0 when the connection broke before this was first asked.
  SocketAddress remoteAddress();
}
