package io.scrubjay.protocol.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Request packets by hand.
final class Packets {
  static final int OPAQUE = 0xdeadbeef;
  static final long CAS = 0x0102_0304_0506_0708L;

  private Packets() {}

  static byte[] packet(int opcode, byte[] extras, String key, String value) {
    return packet(opcode, extras, key, value, extras.length + key.length() + value.length());
  }

  /// With a body length that may be a lie.
  static byte[] packet(int opcode, byte[] extras, String key, String value, int bodyBytes) {
    int bytes = BinaryDecoder.HEADER_BYTES + extras.length + key.length() + value.length();
    return ByteBuffer.allocate(bytes)
        .put((byte) 0x80)
        .put((byte) opcode)
        .putShort((short) key.length())
        .put((byte) extras.length)
        .put((byte) 5)
        .putShort((short) 0x1234)
        .putInt(bodyBytes)
        .putInt(OPAQUE)
        .putLong(CAS)
        .put(extras)
        .put(key.getBytes(StandardCharsets.ISO_8859_1))
        .put(value.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  static byte[] store(int flags, int exptime) {
    return ByteBuffer.allocate(8).putInt(flags).putInt(exptime).array();
  }

  static byte[] counter(long delta, long initial, int exptime) {
    return ByteBuffer.allocate(20).putLong(delta).putLong(initial).putInt(exptime).array();
  }

  static byte[] exptime(int exptime) {
    return ByteBuffer.allocate(4).putInt(exptime).array();
  }

  static byte[] nothing() {
    return new byte[0];
  }
}
