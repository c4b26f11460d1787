package io.scrubjay.net;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

final class NioDatagramSocket extends NioWatchable implements DatagramSocket {
  private final DatagramChannel channel;
  private final SegmentView receives = new SegmentView();
  private final SegmentView sends = new SegmentView();
  private final InetSocketAddress localAddress;
  private @Nullable SocketAddress sender;

  NioDatagramSocket(DatagramChannel channel, SmallNumbers numbers) throws IOException {
    super(channel, numbers);
    this.channel = channel;
    localAddress = (InetSocketAddress) channel.getLocalAddress();
  }

  @Override
  public int receive(MemorySegment target, long offset, int bytes) {
    Transfers.checkTarget(target, offset, bytes);
    try {
      ByteBuffer buffer = receives.of(target, offset, bytes);
      int before = buffer.position();
      SocketAddress from = channel.receive(buffer);
      if (from == null) {
        return WOULD_BLOCK;
      }
      sender = from;
      return buffer.position() - before;
    } catch (IOException failure) {
      return CLOSED;
    }
  }

  @Override
  public int send(MemorySegment source, long offset, int bytes) {
    Transfers.checkSource(source, offset, bytes);
    if (sender == null) {
      return CLOSED;
    }
    try {
      return channel.send(sends.of(source, offset, bytes), sender);
    } catch (IOException failure) {
      return CLOSED;
    }
  }

  @Override
  int operations(int interest) {
    int read = (interest & Poller.READ) != 0 ? SelectionKey.OP_READ : 0;
    int write = (interest & Poller.WRITE) != 0 ? SelectionKey.OP_WRITE : 0;
    return read | write;
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }
}
