package io.scrubjay.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/// What came back on one connection, looked at from its end after every read without being copied.
/// Threads: confined.
final class Received {
  private byte[] bytes = new byte[1 << 12];
  private int count;

  void add(byte[] more) {
    add(more, more.length);
  }

  void add(byte[] more, int length) {
    if (count + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + length));
    }
    System.arraycopy(more, 0, bytes, count, length);
    count += length;
  }

  /// Takes `end` off the end. False if it isn't there; nothing is no end.
  boolean takeEnd(byte[] end) {
    int from = count - end.length;
    if (end.length == 0 || from < 0 || !Arrays.equals(bytes, from, count, end, 0, end.length)) {
      return false;
    }
    count = from;
    return true;
  }

  /// As Latin-1.
  @Override
  public String toString() {
    return new String(bytes, 0, count, ISO_8859_1);
  }
}
