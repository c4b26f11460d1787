package io.scrubjay.server.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/// Lines and values of a page, as they go on the wire.
final class ScanReply {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void line(String text) {
    out.writeBytes((text + "\r\n").getBytes(ISO_8859_1));
  }

  /// As a `get` gives it.
  void value(String key, int clientFlags, byte[] value) {
    line("VALUE " + key + " " + Integer.toUnsignedString(clientFlags) + " " + value.length);
    data(value);
  }

  void data(byte[] value) {
    out.writeBytes(value);
    line("");
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
