package io.scrubjay.bench.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.SplittableRandom;

/// A plain blocking connection that stores items one after the other, or asks for them.
///
/// Shape: the key of item i is `key` and nine digits. Threads: one that stores or asks; [#stored]
/// any. Ownership: [#close] closes the socket.
final class GrowthConnection implements AutoCloseable {
  private static final int BATCH_ITEMS = 500;
  private static final long SEED = 7;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] value;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private volatile long stored;

  private GrowthConnection(Socket socket, int valueBytes) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = socket.getOutputStream();
    this.value = "v".repeat(valueBytes).getBytes(US_ASCII);
  }

  static GrowthConnection open(InetSocketAddress server, int valueBytes) throws IOException {
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    return new GrowthConnection(socket, valueBytes);
  }

  private static String key(long item) {
    return String.format(Locale.ROOT, "key%09d", item);
  }

  /// How many items the server has acknowledged.
  long stored() {
    return stored;
  }

  /// Stores on until there are `items`. Errors: `UncheckedIOException`, also when one isn't stored.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread stores
  void storeTo(long items) {
    try {
      while (stored < items) {
        int batch = (int) Math.min(BATCH_ITEMS, items - stored);
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        for (int i = 0; i < batch; i++) {
          requests.writeBytes(
              ("set " + key(stored + i) + " 0 0 " + value.length + "\r\n").getBytes(US_ASCII));
          requests.writeBytes(value);
          requests.writeBytes("\r\n".getBytes(US_ASCII));
        }
        requests.writeTo(out);
        for (int i = 0; i < batch; i++) {
          require("STORED", line());
        }
        stored = stored + batch;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Asks for one of the first `items` items; the nanoseconds until all of the answer was there.
  long askForOneOf(long items) throws IOException {
    String key = key(random.nextLong(items));
    byte[] request = ("get " + key + "\r\n").getBytes(US_ASCII);
    long began = System.nanoTime();
    out.write(request);
    String head = line();
    if (head.startsWith("VALUE ")) {
      in.skipNBytes(value.length + 2L);
      require("END", line());
    }
    long took = System.nanoTime() - began;
    require("VALUE " + key + " 0 " + value.length, head);
    return took;
  }

  String statistic(String name) throws IOException {
    out.write("stats\r\n".getBytes(US_ASCII));
    String found = "";
    for (String line = line(); !line.equals("END"); line = line()) {
      if (line.startsWith("STAT " + name + " ")) {
        found = line.substring(line.lastIndexOf(' ') + 1);
      }
    }
    return found;
  }

  private static void require(String expected, String got) throws IOException {
    if (!expected.equals(got)) {
      throw new IOException("expected " + expected + ", got " + got);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
