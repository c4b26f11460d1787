package io.scrubjay.bench.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A blocking connection to a server that answers in lines, with values between them.
///
/// Threads: confined. Errors: an `IOException` when the server closes. Ownership: [#close] closes
/// the socket.
final class LineConnection implements AutoCloseable {
  private static final int INPUT_BYTES = 1 << 16;
  private static final int CRLF_BYTES = 2;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private LineConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), INPUT_BYTES);
    this.out = socket.getOutputStream();
  }

  static LineConnection open(InetSocketAddress server) throws IOException {
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    return new LineConnection(socket);
  }

  void send(String text) throws IOException {
    send(text.getBytes(US_ASCII));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void send(ByteArrayOutputStream requests) throws IOException {
    requests.writeTo(out);
  }

  /// Without its line end.
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1);
  }

  /// Passes over a value and its line end.
  void skipValue(int bytes) throws IOException {
    in.skipNBytes((long) bytes + CRLF_BYTES);
  }

  /// What `stats` says of `name`; empty when it doesn't.
  String statistic(String name) throws IOException {
    send("stats\r\n");
    String found = "";
    for (String line = line(); !line.equals("END"); line = line()) {
      if (line.startsWith("STAT " + name + " ")) {
        found = line.substring(line.lastIndexOf(' ') + 1);
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
