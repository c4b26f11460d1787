package io.scrubjay.bench.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.SplittableRandom;

/// A plain blocking connection that stores items one after the other, or asks for them.
///
/// Shape: the key of item i is `key` and nine digits. Threads: one that stores or asks; [#stored]
/// any. Ownership: [#close] closes the socket.
final class GrowthConnection implements AutoCloseable {
  private static final int BATCH_ITEMS = 500;
  private static final long SEED = 7;

  private final LineConnection server;
  private final byte[] value;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private volatile long stored;

  private GrowthConnection(LineConnection server, int valueBytes) {
    this.server = server;
    this.value = "v".repeat(valueBytes).getBytes(US_ASCII);
  }

  static GrowthConnection open(InetSocketAddress server, int valueBytes) throws IOException {
    return new GrowthConnection(LineConnection.open(server), valueBytes);
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
        server.send(requests);
        for (int i = 0; i < batch; i++) {
          require("STORED", server.line());
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
    server.send(request);
    String head = server.line();
    if (head.startsWith("VALUE ")) {
      server.skipValue(value.length);
      require("END", server.line());
    }
    long took = System.nanoTime() - began;
    require("VALUE " + key + " 0 " + value.length, head);
    return took;
  }

  String statistic(String name) throws IOException {
    return server.statistic(name);
  }

  private static void require(String expected, String got) throws IOException {
    if (!expected.equals(got)) {
      throw new IOException("expected " + expected + ", got " + got);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
