package io.scrubjay.bench.compare;

import io.scrubjay.bench.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Connections that are open and say nothing.
///
/// Shape: from 127.0.0.1, then 127.0.0.2 and so on, [#PER_ADDRESS_MAX] from each, since a pair of
/// addresses has only as many connections as there are ports. Threads: one. Ownership: [#close]
/// closes them all.
final class IdleConnections implements AutoCloseable {
  /// Less than Linux's default range of 28 232 local ports.
  static final int PER_ADDRESS_MAX = 20_000;

  private final List<Socket> sockets;

  private IdleConnections(List<Socket> sockets) {
    this.sockets = sockets;
  }

  static IdleConnections open(InetSocketAddress server, int count) throws IOException {
    var opened = new IdleConnections(new ArrayList<>(count));
    try {
      for (int i = 0; i < count; i++) {
        var socket = new Socket();
        opened.sockets.add(socket);
        byte[] source = {127, 0, 0, (byte) (1 + i / PER_ADDRESS_MAX)};
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        socket.connect(server);
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw new IOException(
          "connection " + opened.sockets.size() + " of " + count + ": " + e.getMessage(), e);
    }
  }

  /// Asks each for `version`; the number that answered. Errors: the first that doesn't.
  int askAll() throws IOException {
    int answered = 0;
    for (Socket socket : sockets) {
      ServerProcess.version(socket);
      answered++;
    }
    return answered;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
