package io.scrubjay.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.net.StreamSocket;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A connection without a kernel: this end is the server's, [#peer] the one that a test drives.
///
/// Deterministic: a read gives all that was sent and not yet read, a write takes all it is given,
/// until the peer says otherwise. Threads: one.
public final class MemoryStreamSocket implements StreamSocket {
  private final int id;
  private final MemoryPeer peer = new MemoryPeer();
  private boolean outputEnded;
  private boolean closed;

  public MemoryStreamSocket(int id) {
    this.id = id;
  }

  public MemoryPeer peer() {
    return peer;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public int read(MemorySegment target, long offset, int bytes) {
    MemorySegment part = checked(target, offset, bytes);
    if (closed || peer.isBroken()) {
      return CLOSED;
    }
    int room = peer.readLimit(bytes);
    if (room == 0) {
      return WOULD_BLOCK;
    }
    byte[] read = peer.handedOver(room);
    if (read.length == 0) {
      return peer.hasClosed() ? CLOSED : WOULD_BLOCK;
    }
    MemorySegment.copy(read, 0, part, JAVA_BYTE, 0, read.length);
    return read.length;
  }

  @Override
  public boolean holdsInput() {
    return peer.hidesUnread();
  }

  @Override
  public int write(MemorySegment source, long offset, int bytes) {
    MemorySegment part = checked(source, offset, bytes);
    if (closed || outputEnded || peer.isBroken()) {
      return CLOSED;
    }
    int room = peer.writeLimit(bytes);
    if (room == 0) {
      return WOULD_BLOCK;
    }
    peer.takeOver(part.asSlice(0, room).toArray(JAVA_BYTE));
    return room;
  }

  @Override
  public void endOutput() {
    outputEnded = true;
  }

  @Override
  public @Nullable String failure() {
    return peer.isBroken() ? "broken" : null;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public SocketAddress localAddress() {
    return InetSocketAddress.createUnresolved("memory", 0);
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("peer", id);
  }

  @Override
  public void close() {
    closed = true;
  }

  /// The same mistakes are refused as by a real socket.
  private static MemorySegment checked(MemorySegment segment, long offset, int bytes) {
    if (bytes == 0 || !segment.isNative()) {
      throw new IllegalArgumentException("bytes = " + bytes + ", segment = " + segment);
    }
    return segment.asSlice(offset, bytes);
  }
}
