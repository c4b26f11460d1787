package io.scrubjay.protocol.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Writes the replies of the classic text protocol that aren't constant.
///
/// Errors: a lack of room is the caller's fault ([ByteOutput]); the methods for hits want
/// [#VALUE_HEADER_BYTES_MAX] of it, more than they use, so that they can store eight bytes at a
/// time. Threads: stateless. Source: spec 2.3, 2.8.
public final class TextEncoder {
  /// The longest `VALUE <key> <flags> <bytes> <cas>` CRLF, and seven bytes for the last store.
  public static final int VALUE_HEADER_BYTES_MAX =
      6 + TextRequest.KEY_BYTES_MAX + 1 + 10 + 1 + 10 + 1 + 20 + 2 + 7;

  private static final long VALUE = Bytes.packed("VALUE ");
  private static final long ZERO_FLAGS = Bytes.packed(" 0 ");
  private static final long STAT = Bytes.packed("STAT ");
  private static final long CRLF = Bytes.packed("\r\n");

  private static final byte[] HEX_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private TextEncoder() {}

  /// What precedes a hit's data.
  public static void valueHeader(
      ByteOutput out,
      MemorySegment keySegment,
      long keyOffset,
      int keyLength,
      int clientFlags,
      int valueBytes) {
    header(out, keySegment, keyOffset, keyLength, clientFlags, valueBytes);
    out.putLittleEndianLong(CRLF, 2);
  }

  /// What precedes a hit's data in the reply to `gets` and `gats`.
  public static void valueHeader(
      ByteOutput out,
      MemorySegment keySegment,
      long keyOffset,
      int keyLength,
      int clientFlags,
      int valueBytes,
      long casUnique) {
    header(out, keySegment, keyOffset, keyLength, clientFlags, valueBytes);
    out.put((byte) ' ');
    out.putUnsigned(casUnique);
    out.putLittleEndianLong(CRLF, 2);
  }

  /// A reply of `incr` and `decr`: `value` is unsigned.
  public static void number(ByteOutput out, long value) {
    out.putUnsigned(value);
    out.putLittleEndianLong(CRLF, 2);
  }

  /// `STAT <name> <value>`, or `STAT <name>` when the value is empty. Needs [#statBytes] of room.
  public static void stat(ByteOutput out, String name, String value) {
    out.putLittleEndianLong(STAT, 5);
    put(out, name);
    if (!value.isEmpty()) {
      out.put((byte) ' ');
      put(out, value);
    }
    out.putLittleEndianLong(CRLF, 2);
  }

  /// Room for [#stat], the last store's seven bytes included.
  public static int statBytes(String name, String value) {
    return 5 + 3 * name.length() + 1 + 3 * value.length() + 2 + 7;
  }

  public static void version(ByteOutput out, String version) {
    put(out, "VERSION ");
    put(out, version);
    put(out, "\r\n");
  }

  /// A key as dumps and watchers print it: all but letters, digits and `-._~` as `%XX`. Needs three
  /// times `keyLength` of room.
  public static void uriKey(
      ByteOutput out, MemorySegment keySegment, long keyOffset, int keyLength) {
    for (int i = 0; i < keyLength; i++) {
      byte character = keySegment.get(JAVA_BYTE, keyOffset + i);
      if (isUnreserved(character)) {
        out.put(character);
      } else {
        out.put((byte) '%');
        out.put(HEX_DIGITS[character >> 4 & 0xf]);
        out.put(HEX_DIGITS[character & 0xf]);
      }
    }
  }

  private static boolean isUnreserved(byte character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '-'
        || character == '.'
        || character == '_'
        || character == '~';
  }

  private static void header(
      ByteOutput out,
      MemorySegment keySegment,
      long keyOffset,
      int keyLength,
      int clientFlags,
      int valueBytes) {
    out.putLittleEndianLong(VALUE, 6);
    out.put(keySegment, keyOffset, keyLength);
    if (clientFlags == 0) {
      out.putLittleEndianLong(ZERO_FLAGS, 3);
    } else {
      out.put((byte) ' ');
      out.putUnsigned(Integer.toUnsignedLong(clientFlags));
      out.put((byte) ' ');
    }
    out.putUnsigned(valueBytes);
  }

  private static void put(ByteOutput out, String text) {
    out.put(MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
  }
}
