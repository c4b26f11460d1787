package io.scrubjay.conformance.persistent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.testkit.Await;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection that speaks text and meta, one request at a time.
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Await.MILLIS_MAX);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /// Sends the text and returns the line that answers.
  String ask(String request) throws IOException {
    out.write(request.getBytes(ISO_8859_1));
    return line();
  }

  /// The item's value, or null.
  @Nullable String value(String key) throws IOException {
    String answer = ask("mg " + key + " v\r\n");
    if (answer.equals("EN")) {
      return null;
    }
    int bytes = Integer.parseInt(answer.split(" ", -1)[1]);
    String value = new String(in.readNBytes(bytes), ISO_8859_1);
    String end = line();
    if (!end.isEmpty()) {
      throw new IOException(key + ": " + answer + " is followed by " + end);
    }
    return value;
  }

  /// Sends the text and returns lines up to the first that begins with `last`.
  List<String> lines(String request, String last) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(ask(request));
    while (!lines.getLast().startsWith(last)) {
      lines.add(line());
    }
    return lines;
  }

  /// Sends the text and returns so many lines.
  List<String> lines(String request, int count) throws IOException {
    out.write(request.getBytes(ISO_8859_1));
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      lines.add(line());
    }
    return lines;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
