package io.scrubjay.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A binary request in the making.
final class Packet {
  static final int OPAQUE = 0x0a0b0c0d;
  private static final int HEADER_BYTES = 24;

  private final int opcode;
  private byte[] key = {};
  private byte[] extras = {};
  private byte[] value = {};
  private long cas;

  private Packet(int opcode) {
    this.opcode = opcode;
  }

  static Packet of(int opcode) {
    return new Packet(opcode);
  }

  Packet key(String text) {
    key = text.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  Packet value(String text) {
    value = text.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  Packet cas(long id) {
    cas = id;
    return this;
  }

  /// Flags and exptime of a store.
  Packet store(int flags, int exptime) {
    extras = ByteBuffer.allocate(8).putInt(flags).putInt(exptime).array();
    return this;
  }

  Packet exptime(int exptime) {
    extras = ByteBuffer.allocate(4).putInt(exptime).array();
    return this;
  }

  Packet counter(long delta, long initial, int exptime) {
    extras = ByteBuffer.allocate(20).putLong(delta).putLong(initial).putInt(exptime).array();
    return this;
  }

  byte[] bytes() {
    return bytes(key.length, extras.length, key.length + extras.length + value.length);
  }

  /// With lengths in the header that may be lies.
  byte[] bytes(int keyLength, int extrasLength, int bodyLength) {
    return ByteBuffer.allocate(HEADER_BYTES + extras.length + key.length + value.length)
        .put((byte) 0x80)
        .put((byte) opcode)
        .putShort((short) keyLength)
        .put((byte) extrasLength)
        .put((byte) 0)
        .putShort((short) 0)
        .putInt(bodyLength)
        .putInt(OPAQUE)
        .putLong(cas)
        .put(extras)
        .put(key)
        .put(value)
        .array();
  }

  /// The next reply, as `opcode status cas extras key value`: numbers in hexadecimal, `-` for what
  /// is empty.
  static String reply(Client client) {
    ByteBuffer header = ByteBuffer.wrap(client.bytes(HEADER_BYTES));
    int magic = header.get() & 0xff;
    int opcode = header.get() & 0xff;
    int keyLength = header.getShort() & 0xffff;
    int extrasLength = header.get() & 0xff;
    header.get();
    int status = header.getShort() & 0xffff;
    int bodyLength = header.getInt();
    int opaque = header.getInt();
    if (magic != 0x81 || opaque != OPAQUE) {
      throw new AssertionError("magic " + magic + ", opaque " + opaque);
    }
    long cas = header.getLong();
    StringBuilder extras = new StringBuilder();
    for (byte extra : client.bytes(extrasLength)) {
      extras.append(String.format("%02x", extra));
    }
    return String.format(
        "%02x %02x %d %s %s %s",
        opcode,
        status,
        cas,
        extras.isEmpty() ? "-" : extras,
        text(client, keyLength),
        text(client, bodyLength - extrasLength - keyLength));
  }

  private static String text(Client client, int length) {
    return length == 0 ? "-" : client.text(length);
  }
}
