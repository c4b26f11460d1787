package io.scrubjay.server.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.net.DatagramSocket;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A socket that takes every third datagram and has no room for the others; shows what it took.
final class ReluctantSocket implements DatagramSocket {
  /// As `id sequence/count payload`.
  final List<String> sent = new ArrayList<>();

  private int calls;

  @Override
  public int send(MemorySegment source, long offset, int bytes) {
    if (++calls % 3 != 0) {
      return WOULD_BLOCK;
    }
    ByteBuffer datagram = ByteBuffer.wrap(source.asSlice(offset, bytes).toArray(JAVA_BYTE));
    String header = datagram.getShort() + " " + datagram.getShort() + "/" + datagram.getShort();
    byte[] payload = new byte[bytes - 8];
    datagram.get(8, payload);
    sent.add(header + " " + new String(payload, ISO_8859_1));
    return bytes;
  }

  @Override
  public int receive(MemorySegment target, long offset, int bytes) {
    return WOULD_BLOCK;
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(0);
  }

  @Override
  public int id() {
    return 0;
  }

  @Override
  public void close() {}
}
