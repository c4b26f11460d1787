package io.scrubjay.protocol.binary;

import static io.scrubjay.protocol.binary.Packets.counter;
import static io.scrubjay.protocol.binary.Packets.exptime;
import static io.scrubjay.protocol.binary.Packets.nothing;
import static io.scrubjay.protocol.binary.Packets.packet;
import static io.scrubjay.protocol.binary.Packets.store;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.protocol.Mutants;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows B-01 to B-06 and the shapes of 4.2.
final class BinaryDecoderTest {
  private static final List<byte[]> GOOD =
      List.of(
          packet(0x00, nothing(), "key", ""),
          packet(0x0d, nothing(), "key", ""),
          packet(0x01, store(1, 2), "key", "value"),
          packet(0x05, counter(1, 2, 3), "key", ""),
          packet(0x08, exptime(9), "", ""),
          packet(0x0a, nothing(), "", ""),
          packet(0x0e, nothing(), "key", "value"),
          packet(0x10, nothing(), "settings", ""),
          packet(0x1d, exptime(9), "key", ""),
          packet(0x21, nothing(), "PLAIN", "\0u\0p"),
          packet(0x1b, exptime(9), "key", "value"));

  private final BinaryRequest request = new BinaryRequest();

  @Test
  void b01AnswersWaitForHeaderExtrasAndKey() {
    for (byte[] packet : GOOD) {
      BinaryDecoded whole = decode(packet);
      int headEnd = (int) request.headEnd;
      for (int cut = 0; cut < headEnd; cut++) {
        assertEquals(BinaryDecoded.NEED_MORE, decode(Arrays.copyOf(packet, cut)), "cut " + cut);
      }
      assertEquals(whole, decode(Arrays.copyOf(packet, headEnd)), "the value is not waited for");
    }
  }

  @Test
  void b02AnotherMagicCloses() {
    byte[] packet = packet(0x81, nothing(), "", "");
    packet[0] = (byte) 0x81;
    assertEquals(BinaryDecoded.CLOSE, decode(packet));
    packet[0] = 'g';
    assertEquals(BinaryDecoded.CLOSE, decode(packet));
  }

  /// As memcached, which judges nothing before the whole header is there (spec B-01).
  @Test
  void b02AnotherMagicIsNotSeenBeforeTheHeaderIsWhole() {
    byte[] line = "get a\r\nget b\r\nget c\r\n123".getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut < BinaryDecoder.HEADER_BYTES; cut++) {
      assertEquals(BinaryDecoded.NEED_MORE, decode(Arrays.copyOf(line, cut)), "cut " + cut);
    }
    assertEquals(BinaryDecoded.CLOSE, decode(line));
  }

  @Test
  void b03LengthsThatCrossTheBodyAreUnknownAndClose() {
    byte[] store = store(0, 0);
    refused(BinaryDecoded.REFUSED_CLOSE, 0x81, packet(0x00, nothing(), "key", "", 2));
    refused(BinaryDecoded.REFUSED_CLOSE, 0x81, packet(0x01, store, "key", "", 10));
    refused(BinaryDecoded.REFUSED_CLOSE, 0x81, packet(0xff, store, "key", "", 0));
  }

  @Test
  void b04ABodyOverAGigabyteCloses() {
    byte[] store = store(0, 0);
    refused(BinaryDecoded.REFUSED_CLOSE, 0x04, packet(0x01, store, "key", "", (1 << 30) + 1));
    refused(BinaryDecoded.REFUSED_CLOSE, 0x04, packet(0x01, store, "key", "", -1));
    assertEquals(BinaryDecoded.COMPLETE, decode(packet(0x01, store, "key", "", 1 << 30)));
    assertEquals((1 << 30) - 11, request.valueBytes);
  }

  @Test
  void b05ALongKeyCloses() {
    refused(BinaryDecoded.REFUSED_CLOSE, 0x04, packet(0x00, nothing(), "k".repeat(251), ""));
    assertEquals(BinaryDecoded.COMPLETE, decode(packet(0x00, nothing(), "k".repeat(250), "")));
  }

  @Test
  void b05AWrongShapeCloses() {
    int[] keyOnly = {0x00, 0x09, 0x0c, 0x0d, 0x04, 0x14};
    int[] stores = {0x01, 0x11, 0x02, 0x12, 0x03, 0x13};
    int[] counters = {0x05, 0x15, 0x06, 0x16};
    int[] empty = {0x07, 0x17, 0x0a, 0x0b, 0x20};
    int[] touches = {0x1c, 0x1d, 0x1e, 0x23, 0x24};
    int[] extends_ = {0x0e, 0x19, 0x0f, 0x1a, 0x21, 0x22};
    shapes(keyOnly, nothing(), true, false);
    shapes(stores, store(0, 0), true, true);
    shapes(counters, counter(0, 0, 0), true, false);
    shapes(empty, nothing(), false, false);
    // What follows the key is not looked at: 1.6.18 obeys, and reads it as the next packet.
    shapes(touches, exptime(0), true, true);
    shapes(extends_, nothing(), true, true);
    shapes(new int[] {0x08, 0x18}, exptime(0), false, false);
    assertEquals(BinaryDecoded.COMPLETE, decode(packet(0x08, nothing(), "", "")));
    assertEquals(BinaryDecoded.COMPLETE, decode(packet(0x10, nothing(), "", "")));
    assertEquals(BinaryDecoded.COMPLETE, decode(packet(0x10, nothing(), "items", "")));
    assertEquals(BinaryDecoded.COMPLETE, decode(packet(0x10, nothing(), "items", "x")));
    refused(BinaryDecoded.REFUSED_CLOSE, 0x04, packet(0x10, exptime(0), "items", ""));
  }

  @Test
  void b06AnUnknownOpcodeSwallowsItsBodyOnce() {
    for (int opcode : new int[] {0x1b, 0x1f, 0x30, 0x3c, 0x80, 0xff}) {
      byte[] packet = packet(opcode, exptime(1), "key", "value");
      refused(BinaryDecoded.REFUSED, 0x81, packet);
      assertEquals(opcode, request.opcodeByte);
      assertEquals(packet.length, request.headEnd + request.swallowBytes);
    }
  }

  @Test
  void everyCodeIsKnownOrNot() {
    int known = 0;
    for (int code = 0; code < 256; code++) {
      known += BinaryOpcode.of(code) == BinaryOpcode.UNKNOWN ? 0 : 1;
    }
    assertEquals(35, known);
    assertEquals(BinaryOpcode.GATK, BinaryOpcode.of(0x24));
    assertEquals(BinaryOpcode.PREPEND, BinaryOpcode.of(0x1a));
  }

  @Test
  void fieldsAreBigEndianAndUnsigned() {
    decode(packet(0x11, store(0x80000001, -1), "key", "value"));
    assertTrue(request.quiet);
    assertEquals(BinaryOpcode.SET, request.opcode);
    assertEquals(0x11, request.opcodeByte);
    assertEquals(0x80000001, request.clientFlags);
    assertEquals(BinaryRequest.NO_VIVIFY, request.exptime);
    assertEquals(Packets.OPAQUE, request.opaque);
    assertEquals(Packets.CAS, request.cas);
    assertEquals(5, request.valueBytes);
    assertEquals("key", key());
    decode(packet(0x05, counter(-1, 2, 3), "key", ""));
    assertFalse(request.quiet);
    assertEquals(-1, request.delta);
    assertEquals(2, request.initial);
    assertEquals(3, request.exptime);
    assertEquals(0, request.clientFlags);
    decode(packet(0x08, nothing(), "", ""));
    assertEquals(0, request.exptime);
  }

  @Test
  void mutantsNeverBreakTheDecoder() {
    Mutants.each(0xb14a_2026L, 100_000, GOOD, BinaryFuzz::check);
  }

  private void shapes(int[] opcodes, byte[] extras, boolean key, boolean value) {
    for (int opcode : opcodes) {
      String name = key ? "key" : "";
      assertEquals(BinaryDecoded.COMPLETE, decode(packet(opcode, extras, name, "")), "" + opcode);
      byte[] withValue = packet(opcode, extras, name, "v");
      if (value) {
        assertEquals(BinaryDecoded.COMPLETE, decode(withValue));
      } else {
        refused(BinaryDecoded.REFUSED_CLOSE, 0x04, withValue);
      }
      byte[] moreExtras = Arrays.copyOf(extras, extras.length + 1);
      refused(BinaryDecoded.REFUSED_CLOSE, 0x04, packet(opcode, moreExtras, name, ""));
      byte[] otherKey = packet(opcode, extras, key ? "" : "key", "");
      refused(BinaryDecoded.REFUSED_CLOSE, 0x04, otherKey);
    }
  }

  private void refused(BinaryDecoded how, int status, byte[] packet) {
    assertEquals(how, decode(packet));
    assertEquals(status, request.status.code());
  }

  private BinaryDecoded decode(byte[] packet) {
    return new BinaryDecoder().decode(MemorySegment.ofArray(packet), 0, packet.length, request);
  }

  private String key() {
    byte[] key = request.segment.asSlice(request.keyOffset, request.keyLength).toArray(JAVA_BYTE);
    return new String(key, StandardCharsets.ISO_8859_1);
  }
}
