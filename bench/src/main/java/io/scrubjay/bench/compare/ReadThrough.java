package io.scrubjay.bench.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.scrubjay.bench.load.KeyChooser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// A client that asks for keys in batches and stores what it did not get, over one blocking
/// connection.
///
/// Threads: confined. Errors: an `IOException` for any answer that is none. Ownership: [#close]
/// closes the socket.
final class ReadThrough implements AutoCloseable {
  private static final int BATCH_KEYS = 64;
  private static final int KEY_PREFIX_BYTES = 3;

  private final LineConnection server;
  private final int[] valueBytes;
  private final byte[] value;
  private final int[] batch = new int[BATCH_KEYS];

  private ReadThrough(LineConnection server, int[] valueBytes) {
    this.server = server;
    this.valueBytes = valueBytes;
    int longest = 0;
    for (int bytes : valueBytes) {
      longest = Math.max(longest, bytes);
    }
    this.value = "v".repeat(longest).getBytes(US_ASCII);
  }

  /// `valueBytes`: of each key's value.
  static ReadThrough open(InetSocketAddress server, int[] valueBytes) throws IOException {
    return new ReadThrough(LineConnection.open(server), valueBytes);
  }

  private static String key(int number) {
    return String.format(Locale.ROOT, "key%017d", number);
  }

  /// Asks for `batches` times [#BATCH_KEYS] keys; returns how many were not there. A key that a
  /// batch has twice counts twice.
  long play(KeyChooser keys, int batches) throws IOException {
    long misses = 0;
    for (int i = 0; i < batches; i++) {
      for (int k = 0; k < BATCH_KEYS; k++) {
        batch[k] = keys.next();
      }
      misses += playBatch();
    }
    return misses;
  }

  static int keysOf(int batches) {
    return batches * BATCH_KEYS;
  }

  static int batchesOf(int keys) {
    return keys / BATCH_KEYS;
  }

  private int playBatch() throws IOException {
    StringBuilder request = new StringBuilder("get");
    for (int key : batch) {
      request.append(' ').append(key(key));
    }
    server.send(request.append("\r\n").toString());
    Set<Integer> found = found();
    Set<Integer> missing = new HashSet<>();
    int misses = 0;
    for (int key : batch) {
      if (!found.contains(key)) {
        misses++;
        missing.add(key);
      }
    }
    store(missing);
    return misses;
  }

  private Set<Integer> found() throws IOException {
    Set<Integer> found = new HashSet<>();
    for (String line = server.line(); !line.equals("END"); line = server.line()) {
      String[] words = line.split(" ", -1);
      int key = words.length == 4 ? Integer.parseInt(words[1].substring(KEY_PREFIX_BYTES)) : -1;
      if (key < 0 || !words[3].equals(Integer.toString(valueBytes[key]))) {
        throw new IOException("a get was answered " + line);
      }
      server.skipValue(valueBytes[key]);
      found.add(key);
    }
    return found;
  }

  private void store(Set<Integer> keys) throws IOException {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (int key : keys) {
      String head = "set " + key(key) + " 0 0 " + valueBytes[key] + "\r\n";
      requests.writeBytes(head.getBytes(US_ASCII));
      requests.write(value, 0, valueBytes[key]);
      requests.writeBytes("\r\n".getBytes(US_ASCII));
    }
    server.send(requests);
    for (int i = 0; i < keys.size(); i++) {
      String answer = server.line();
      if (!answer.equals("STORED")) {
        throw new IOException("a set was answered " + answer);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
