package io.scrubjay.protocol.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// Section 5.3.
final class UdpFrameTest {
  @Test
  void onlyASinglePartWithAPayloadIsAccepted() {
    assertTrue(accepts(0, 7, 9, 9, 0, 1, 5, 5, 'x'));
    assertFalse(accepts(0, 7, 0, 0, 0, 1, 0, 0), "no payload");
    assertFalse(accepts(0, 7, 0, 0, 0, 2, 0, 0, 'x'), "one of two");
    assertFalse(accepts(0, 7, 0, 0, 1, 1, 0, 0, 'x'), "one of 257");
    assertFalse(accepts(0, 7, 0, 0, 0, 0, 0, 0, 'x'), "none of none");
    assertFalse(accepts());
    assertEquals(0xfffe, UdpFrame.requestId(bytes(0, 0xff, 0xfe), 1));
  }

  @Test
  void thePartsOfAResponseAddUp() {
    for (int bytes = 0; bytes <= 3 * UdpFrame.PAYLOAD_BYTES_MAX + 1; bytes++) {
      int datagrams = UdpFrame.datagrams(bytes);
      long next = 0;
      for (int sequence = 0; sequence < datagrams; sequence++) {
        assertEquals(next, UdpFrame.payloadOffset(sequence));
        int payload = UdpFrame.payloadBytes(bytes, sequence);
        assertTrue(payload > 0 && payload <= 1392);
        assertTrue(payload == 1392 || sequence == datagrams - 1);
        next += payload;
      }
      assertEquals(bytes, next);
    }
    assertEquals(1, UdpFrame.datagrams(1392));
    assertEquals(2, UdpFrame.datagrams(1393));
  }

  @Test
  void theHeaderTellsIdSequenceAndCount() {
    assertArrayEquals(new byte[] {-1, -2, 1, 2, 3, 4, 0, 0}, header(0xfffe, 0x102, 0x304));
    assertArrayEquals(new byte[] {0, 1, 0, 0, 0, 0, 0, 0}, header(1, 0, 0));
    assertArrayEquals(new byte[] {0, 1, 0, 2, -1, -1, 0, 0}, header(1, 65_538, 70_000));
  }

  private static byte[] header(int requestId, int sequence, int datagrams) {
    byte[] header = new byte[UdpFrame.HEADER_BYTES];
    ByteOutput out = new ByteOutput(MemorySegment.ofArray(header));
    UdpFrame.writeHeader(out, requestId, sequence, datagrams);
    assertEquals(0, out.room());
    return header;
  }

  private static boolean accepts(int... bytes) {
    return UdpFrame.accepts(bytes(bytes), 0, bytes.length);
  }

  private static MemorySegment bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return MemorySegment.ofArray(bytes);
  }
}
