package io.scrubjay.net.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// ASN.1 values in DER, as much as private keys need. Reads and writes definite lengths and tags of
/// one byte; what it writes is shorter than 64 KiB. Source: X.690.
///
/// Errors: `IllegalArgumentException` for bytes that are no DER.
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  private final byte[] bytes;
  private int at;

  Der(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /// Reads the contents of the value that comes next, which must have this tag.
  byte[] read(int tag) {
    if (at >= bytes.length || Byte.toUnsignedInt(bytes[at]) != tag) {
      throw new IllegalArgumentException("tag " + tag + " expected");
    }
    at++;
    int length = length();
    if (length > bytes.length - at) {
      throw new IllegalArgumentException("a value runs over the end");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /// As [#read]; null when the next value has another tag.
  byte @Nullable [] readIf(int tag) {
    boolean there = at < bytes.length && Byte.toUnsignedInt(bytes[at]) == tag;
    return there ? read(tag) : null;
  }

  static byte[] value(int tag, byte[]... contents) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      body.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    int length = body.size();
    if (length < 0x80) {
      value.write(length);
    } else if (length < 0x100) {
      value.write(0x81);
      value.write(length);
    } else {
      value.write(0x82);
      value.write(length >>> 8);
      value.write(length);
    }
    value.writeBytes(body.toByteArray());
    return value.toByteArray();
  }

  private int length() {
    int first = next();
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 3) {
      throw new IllegalArgumentException("a length of " + count + " bytes");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | next();
    }
    return length;
  }

  private int next() {
    if (at >= bytes.length) {
      throw new IllegalArgumentException("ends in a length");
    }
    return Byte.toUnsignedInt(bytes[at++]);
  }
}
