package io.scrubjay.protocol;

import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// A constant run of ASCII, written with one or two eight-byte stores when it is short and there is
/// room for them.
///
/// Threads: immutable.
public final class Phrase {
  private final String text;
  private final MemorySegment bytes;
  private final int length;
  private final long first;
  private final long second;

  public Phrase(String text) {
    this.text = text;
    this.bytes = MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII)).asReadOnly();
    this.length = text.length();
    this.first = Bytes.packed(text);
    this.second = length > Long.BYTES ? Bytes.packed(text.substring(Long.BYTES)) : 0;
  }

  public int length() {
    return length;
  }

  public void writeTo(ByteOutput out) {
    if (length <= Long.BYTES && out.room() >= Long.BYTES) {
      out.putLittleEndianLong(first, length);
    } else if (length <= 2 * Long.BYTES && out.room() >= 2 * Long.BYTES) {
      out.putLittleEndianLong(first, Long.BYTES);
      out.putLittleEndianLong(second, length - Long.BYTES);
    } else {
      out.put(bytes);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
