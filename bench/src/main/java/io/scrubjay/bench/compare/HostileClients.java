package io.scrubjay.bench.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.scrubjay.bench.process.ServerProcess;
import io.scrubjay.bench.process.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Clients that a server must bear, of the kinds asked for.
///
/// Threads: one, and one of its own for the handshake. Ownership: [#close] closes them all.
final class HostileClients implements AutoCloseable {
  private static final int VALUE_BYTES = 1_000_000;

  /// A ClientHello of 16 000 bytes is announced: type, version, length.
  private static final byte[] HELLO_HEADER = {22, 3, 1, 0x3e, (byte) 0x80};

  private static final int HANDSHAKE_STEP_MILLIS = 5;

  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean closed;

  static HostileClients open(
      ServerProcess server, TlsFiles tls, int watchers, Set<HostileKind> kinds) throws IOException {
    var clients = new HostileClients();
    for (HostileKind kind : kinds) {
      switch (kind) {
        case READER -> clients.stopReading(server.address());
        case WRITER ->
            send(clients.connect(server.address()), "set stalled 0 0 " + VALUE_BYTES + "\r\nhalf");
        case HANDSHAKE -> clients.shakeHandsSlowly(tls.address());
        case WATCHERS -> clients.watch(server.address(), watchers);
      }
    }
    return clients;
  }

  private void stopReading(InetSocketAddress server) throws IOException {
    Socket reader = connect(server);
    send(reader, "set hostile 0 0 " + VALUE_BYTES + "\r\n" + "h".repeat(VALUE_BYTES) + "\r\n");
    expect(reader, "STORED\r\n");
    send(reader, "get hostile\r\n".repeat(1000));
  }

  private void shakeHandsSlowly(InetSocketAddress server) throws IOException {
    Socket handshake = connect(server);
    Thread.ofPlatform().daemon().name("slow-handshake").start(() -> drip(handshake));
  }

  private void watch(InetSocketAddress server, int watchers) throws IOException {
    for (int i = 0; i < watchers; i++) {
      Socket watcher = connect(server);
      send(watcher, "watch fetchers mutations evictions connevents\r\n");
      expect(watcher, "OK\r\n");
    }
  }

  private Socket connect(InetSocketAddress address) throws IOException {
    var socket = new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static void expect(Socket socket, String answer) throws IOException {
    String got = new String(socket.getInputStream().readNBytes(answer.length()), US_ASCII);
    if (!got.equals(answer)) {
      throw new IOException("answered " + got + " where " + answer + " was due");
    }
  }

  private void drip(Socket socket) {
    try {
      socket.getOutputStream().write(HELLO_HEADER);
      while (!closed) {
        socket.getOutputStream().write(1);
        TimeUnit.MILLISECONDS.sleep(HANDSHAKE_STEP_MILLIS);
      }
    } catch (IOException over) {
      // The server has had enough, or the run is over.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
