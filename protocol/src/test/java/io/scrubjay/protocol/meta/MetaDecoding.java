package io.scrubjay.protocol.meta;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.text.TextDecoded;
import io.scrubjay.protocol.text.TextDecoder;
import io.scrubjay.protocol.text.TextRequest;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Meta lines through both decoders, and replies as text.
final class MetaDecoding {
  private MetaDecoding() {}

  static MetaRequest good(String text) {
    MetaRequest request = request();
    assertTrue(decode(text, request), text + " gives " + request.error);
    assertEquals(0, request.swallowBytes);
    return request;
  }

  static void refused(MetaError error, int swallowBytes, String text) {
    MetaRequest request = request();
    assertFalse(decode(text, request), text);
    assertEquals(error, request.error, text);
    assertEquals(swallowBytes, request.swallowBytes, text);
  }

  static MetaRequest request() {
    return new MetaRequest(MemorySegment.ofArray(new byte[TextRequest.KEY_BYTES_MAX]));
  }

  static boolean decode(String text, MetaRequest into) {
    byte[] wire = (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    TextRequest line = new TextRequest();
    TextDecoded decoded =
        new TextDecoder().decode(MemorySegment.ofArray(wire), 0, wire.length, line);
    assertEquals(TextDecoded.COMPLETE, decoded, text);
    return new MetaDecoder().decode(line, into);
  }

  static String key(MetaRequest request) {
    byte[] key =
        request.keySegment.asSlice(request.keyOffset, request.keyLength).toArray(JAVA_BYTE);
    return new String(key, StandardCharsets.ISO_8859_1);
  }

  static String written(Consumer<ByteOutput> writer) {
    ByteOutput out = new ByteOutput(MemorySegment.ofArray(new byte[MetaEncoder.REPLY_BYTES_MAX]));
    writer.accept(out);
    byte[] written = out.segment().asSlice(0, out.position()).toArray(JAVA_BYTE);
    return new String(written, StandardCharsets.ISO_8859_1);
  }
}
