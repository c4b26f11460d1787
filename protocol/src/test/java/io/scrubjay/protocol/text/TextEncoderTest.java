package io.scrubjay.protocol.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TextEncoderTest {
  private static final MemorySegment KEY =
      MemorySegment.ofArray("..key..".getBytes(StandardCharsets.US_ASCII));

  @Test
  void aHitNamesKeyFlagsLengthAndMaybeCas() {
    assertEquals(
        "VALUE key 0 5\r\n", written(out -> TextEncoder.valueHeader(out, KEY, 2, 3, 0, 5)));
    assertEquals(
        "VALUE key 4294967295 1048576 18446744073709551615\r\n",
        written(out -> TextEncoder.valueHeader(out, KEY, 2, 3, -1, 1_048_576, -1)));
  }

  @Test
  void theLongestHeaderFitsTheNamedRoom() {
    MemorySegment key = MemorySegment.ofArray(new byte[TextRequest.KEY_BYTES_MAX]);
    ByteOutput out =
        new ByteOutput(MemorySegment.ofArray(new byte[TextEncoder.VALUE_HEADER_BYTES_MAX]));
    TextEncoder.valueHeader(out, key, 0, TextRequest.KEY_BYTES_MAX, -1, Integer.MAX_VALUE, -1);
    assertTrue(out.room() >= 6 && out.room() <= 7, "room left: " + out.room());
  }

  @Test
  void numbersAreUnsigned() {
    assertEquals("0\r\n", written(out -> TextEncoder.number(out, 0)));
    assertEquals("18446744073709551615\r\n", written(out -> TextEncoder.number(out, -1)));
  }

  @Test
  void aStatWithoutValueHasNoTrailingSpace() {
    assertEquals("STAT pid 1\r\n", written(out -> TextEncoder.stat(out, "pid", "1")));
    assertEquals("STAT inter\r\n", written(out -> TextEncoder.stat(out, "inter", "")));
    ByteOutput out =
        new ByteOutput(MemorySegment.ofArray(new byte[TextEncoder.statBytes("é€", "é€")]));
    TextEncoder.stat(out, "é€", "é€");
  }

  @Test
  void aKeyInAUriEscapesAllButUnreservedCharacters() {
    byte[] key = "aZ09-._~ %/\t\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    MemorySegment segment = MemorySegment.ofArray(key);
    assertEquals(
        "aZ09-._~%20%25%2F%09%FF", written(out -> TextEncoder.uriKey(out, segment, 0, key.length)));
  }

  @Test
  void versionNamesTheVersion() {
    assertEquals("VERSION 1.6.45\r\n", written(out -> TextEncoder.version(out, "1.6.45")));
  }

  @Test
  void constantLinesNeedNoMoreRoomThanTheirBytes() {
    for (TextReply reply : TextReply.values()) {
      assertEquals(reply.line(), written(reply::writeTo));
      assertEquals(reply.line(), exactly(reply.bytes(), reply::writeTo));
    }
    for (TextError error : TextError.values()) {
      assertEquals(error.line(), written(error::writeTo));
      assertEquals(error.line(), exactly(error.bytes(), error::writeTo));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> exactly(7, TextReply.STORED::writeTo));
  }

  private static String written(Consumer<ByteOutput> writer) {
    return exactly(512, writer);
  }

  private static String exactly(int room, Consumer<ByteOutput> writer) {
    ByteOutput out = new ByteOutput(MemorySegment.ofArray(new byte[room]));
    writer.accept(out);
    byte[] written = out.segment().asSlice(0, out.position()).toArray(JAVA_BYTE);
    return new String(written, StandardCharsets.ISO_8859_1);
  }
}
