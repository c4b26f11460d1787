package io.scrubjay.testkit.transcript;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One blocking connection of a test. Confined to the test's thread; the opener closes it.
public final class Peer implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int LINE_BYTES_MAX = 1 << 20;

  private final Socket socket;
  private final InputStream input;

  private Peer(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /// A connection to `port` on this machine that sends at once and waits ten seconds for answers.
  public static Peer connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) ANSWER_WITHIN.toMillis());
    return new Peer(socket);
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void send(byte[] bytes, int from, int to) throws IOException {
    socket.getOutputStream().write(bytes, from, to - from);
  }

  /// Sends `text` as Latin-1, no line end added.
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends a line and answers the first line that comes back, without its end.
  public String ask(String line) throws IOException {
    send(line + "\r\n");
    return readLine().stripTrailing();
  }

  /// Up to and including the next `\n`, as Latin-1; less when the stream ends.
  public String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    while (line.size() < LINE_BYTES_MAX) {
      int next = input.read();
      if (next < 0) {
        break;
      }
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /// `count` bytes, or fewer when the stream ends.
  public byte[] read(int count) throws IOException {
    return input.readNBytes(count);
  }

  /// What has arrived and was not read, without waiting.
  public byte[] readArrived() throws IOException {
    var out = new ByteArrayOutputStream();
    for (int n = input.available(); n > 0; n = input.available()) {
      out.writeBytes(input.readNBytes(n));
    }
    return out.toByteArray();
  }

  /// Everything until the server closes; a reset counts as closing.
  ///
  /// Errors: `SocketTimeoutException` when it does not close.
  public byte[] readToClose() throws IOException {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[1 << 16];
    try {
      for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SocketException _) {
      // The server closed with bytes of ours unread: the kernel resets.
    }
    return out.toByteArray();
  }

  /// Tells the server that nothing more comes.
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Closing sends a reset: what is on its way is thrown away.
  public void closeHard() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
