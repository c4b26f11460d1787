package io.scrubjay.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How the requests of a [Workload] look on the wire, and how long their answers are.
///
/// Keys and values of a workload all have the same length, so every answer's length is known before
/// it arrives. A key ends in eight decimal digits, its mark; a value begins with its key's mark
/// when it is long enough to: an answer that carries another key or another key's value shows.
public final class WireFormat {
  private final Workload workload;
  private final byte[] valueTail;
  private final String afterKey;

  public WireFormat(Workload workload) {
    this.workload = workload;
    this.afterKey = " 0 " + workload.valueBytes() + "\r\n";
    this.valueTail = new byte[workload.valueBytes() + 2];
    for (int i = 0; i < workload.valueBytes(); i++) {
      valueTail[i] = (byte) ('a' + i % 26);
    }
    valueTail[workload.valueBytes()] = '\r';
    valueTail[workload.valueBytes() + 1] = '\n';
  }

  public byte[] key(int number) {
    byte[] key = new byte[workload.keyBytes()];
    int rest = number;
    for (int i = key.length - 1; i >= 0; i--) {
      key[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    if (key.length > Workload.MARK_BYTES) {
      key[0] = 'k';
    }
    return key;
  }

  /// The last eight bytes of a key, as a little-endian long.
  public long mark(int number) {
    byte[] key = key(number);
    return ByteBuffer.wrap(key)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong(key.length - Workload.MARK_BYTES);
  }

  public void appendSet(int number, ByteArrayOutputStream target) {
    byte[] key = key(number);
    target.writeBytes("set ".getBytes(US_ASCII));
    target.writeBytes(key);
    target.writeBytes((" 0" + afterKey).getBytes(US_ASCII));
    if (markedValues()) {
      target.write(key, key.length - Workload.MARK_BYTES, Workload.MARK_BYTES);
      target.write(valueTail, Workload.MARK_BYTES, valueTail.length - Workload.MARK_BYTES);
    } else {
      target.writeBytes(valueTail);
    }
  }

  public void appendGet(int[] numbers, ByteArrayOutputStream target) {
    target.writeBytes("get".getBytes(US_ASCII));
    for (int number : numbers) {
      target.write(' ');
      target.writeBytes(key(number));
    }
    target.writeBytes("\r\n".getBytes(US_ASCII));
  }

  public boolean markedValues() {
    return workload.valueBytes() >= Workload.MARK_BYTES;
  }

  /// What follows the key in an item's header: flags and length.
  public String afterKey() {
    return afterKey;
  }

  public int headerBytes() {
    return "VALUE ".length() + workload.keyBytes() + afterKey.length();
  }

  /// An item of an answer: header, value and its line end.
  public int itemBytes() {
    return headerBytes() + workload.valueBytes() + 2;
  }
}
