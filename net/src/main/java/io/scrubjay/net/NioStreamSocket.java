package io.scrubjay.net;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

final class NioStreamSocket extends NioWatchable implements StreamSocket {
  private final SocketChannel channel;
  private final SegmentView reads = new SegmentView();
  private final SegmentView writes = new SegmentView();

  /// Told by connect when it failed at once, by finishConnect, or by a read or write.
  private @Nullable String failure;

  NioStreamSocket(SocketChannel channel, SmallNumbers numbers) {
    super(channel, numbers);
    this.channel = channel;
  }

  /// Throws only what is no matter of the peer.
  void startConnecting(InetSocketAddress address) throws IOException {
    try {
      channel.connect(address);
    } catch (ConnectException | NoRouteToHostException refused) {
      broken(refused);
    }
  }

  @Override
  public int read(MemorySegment target, long offset, int bytes) {
    Transfers.checkTarget(target, offset, bytes);
    try {
      if (!isConnected()) {
        return failure == null ? WOULD_BLOCK : CLOSED;
      }
      return channel.read(reads.of(target, offset, bytes));
    } catch (IOException thrown) {
      broken(thrown);
      return CLOSED;
    }
  }

  @Override
  public int write(MemorySegment source, long offset, int bytes) {
    Transfers.checkSource(source, offset, bytes);
    try {
      if (!isConnected()) {
        return failure == null ? WOULD_BLOCK : CLOSED;
      }
      return channel.write(writes.of(source, offset, bytes));
    } catch (IOException thrown) {
      broken(thrown);
      return CLOSED;
    }
  }

  private void broken(IOException thrown) {
    if (failure == null) {
      failure = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }
  }

  @Override
  public void endOutput() {
    try {
      if (isConnected()) {
        channel.shutdownOutput();
      }
    } catch (IOException thrown) {
      broken(thrown);
    }
  }

  @Override
  public @Nullable String failure() {
    return failure;
  }

  @Override
  int operations(int interest) {
    if (channel.isConnectionPending()) {
      return interest == 0 ? 0 : SelectionKey.OP_CONNECT;
    }
    int read = (interest & Poller.READ) != 0 ? SelectionKey.OP_READ : 0;
    int write = (interest & Poller.WRITE) != 0 ? SelectionKey.OP_WRITE : 0;
    return read | write;
  }

  /// The end of connecting is told as writable, or, when it failed, as whatever is watched for.
  @Override
  int readiness(int operations, int interest) {
    if ((operations & SelectionKey.OP_CONNECT) == 0) {
      return super.readiness(operations, interest);
    }
    boolean connected;
    try {
      connected = isConnected();
    } catch (IOException thrown) {
      broken(thrown);
      return interest;
    }
    return connected ? Poller.WRITE & interest : 0;
  }

  private boolean isConnected() throws IOException {
    return failure == null && (channel.isConnected() || channel.finishConnect());
  }

  @Override
  public SocketAddress localAddress() {
    return addressOr(channel::getLocalAddress);
  }

  @Override
  public SocketAddress remoteAddress() {
    return addressOr(channel::getRemoteAddress);
  }

  @FunctionalInterface
  private interface AddressQuery {
    @Nullable SocketAddress ask() throws IOException;
  }

  private static SocketAddress addressOr(AddressQuery query) {
    try {
      SocketAddress address = query.ask();
      return address == null ? SocketAddresses.UNKNOWN : address;
    } catch (IOException closed) {
      return SocketAddresses.UNKNOWN;
    }
  }
}
