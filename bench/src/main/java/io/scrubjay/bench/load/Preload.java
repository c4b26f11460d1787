package io.scrubjay.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/// Stores every key of a workload once, over one blocking connection.
public final class Preload {
  private static final int BATCH_BYTES = 1 << 15;
  private static final byte[] STORED = "STORED\r\n".getBytes(US_ASCII);

  private Preload() {}

  /// Errors: `IOException` showing the answer that wasn't STORED.
  public static void run(InetSocketAddress address, Workload workload) throws IOException {
    var format = new WireFormat(workload);
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      int key = 0;
      while (key < workload.keyCount()) {
        var wire = new ByteArrayOutputStream();
        int first = key;
        while (key < workload.keyCount() && wire.size() < BATCH_BYTES) {
          format.appendSet(key++, wire);
        }
        socket.getOutputStream().write(wire.toByteArray());
        for (int i = first; i < key; i++) {
          byte[] answer = socket.getInputStream().readNBytes(STORED.length);
          if (!Arrays.equals(answer, STORED)) {
            throw new IOException("set of key " + i + ": " + new String(answer, US_ASCII));
          }
        }
      }
    }
  }
}
