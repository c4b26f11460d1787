package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A plain blocking client. A read that gets nothing for [#TIMEOUT_MILLIS] fails the test.
final class Client implements AutoCloseable {
  static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();

  Client(InetSocketAddress address) {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(address);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Client(Scrubjay server) {
    this(server.address());
  }

  int localPort() {
    return socket.getLocalPort();
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Exactly `count` bytes.
  byte[] bytes(int count) {
    try {
      byte[] read = socket.getInputStream().readNBytes(count);
      if (read.length < count) {
        throw new AssertionError("closed after " + read.length + " of " + count + " bytes");
      }
      return read;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// As many characters, each a byte.
  String text(int length) {
    return new String(bytes(length), StandardCharsets.ISO_8859_1);
  }

  /// All that comes until the server closes.
  byte[] rest() {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The next line, without its CRLF.
  String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int last = 0;
    while (true) {
      int next = bytes(1)[0];
      if (last == '\r' && next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).substring(0, line.size() - 1);
      }
      line.write(next);
      last = next;
    }
  }

  /// The lines up to `last`, and that.
  List<String> linesUntil(String last) {
    List<String> lines = new ArrayList<>();
    do {
      lines.add(line());
    } while (!lines.getLast().equals(last));
    return lines;
  }

  /// The next line that ends in a newline alone, without it.
  String logLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = bytes(1)[0]; next != '\n'; next = bytes(1)[0]) {
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /// Sends `request` (each line, a data block too, gets its CRLF) and expects exactly `reply`,
  /// shown by a final `mn` to be all there is.
  void expect(String request, String... reply) {
    send(request + "\r\nmn\r\n");
    String expected = reply.length == 0 ? "" : String.join("\r\n", reply) + "\r\n";
    expected += "MN\r\n";
    assertEquals(expected, text(expected.length()), request);
  }

  String ask(String request) {
    send(request);
    return line();
  }

  /// Whether `stats conns` tells of a connection in `state`.
  boolean seesAConnection(String state) {
    send("stats conns\r\n");
    return linesUntil("END").stream().anyMatch(line -> line.endsWith(":state " + state));
  }

  /// Whether the server has closed: end of stream, or a reset.
  boolean closed() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return reset.getMessage() != null && reset.getMessage().contains("reset");
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
