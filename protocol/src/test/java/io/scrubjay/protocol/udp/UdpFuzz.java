package io.scrubjay.protocol.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Exact;
import java.lang.foreign.MemorySegment;

/// What holds for a datagram whatever its bytes are: nothing outside of it is read; an accepted one
/// has a payload and is the only one of its request; the frames of a response, here as many bytes
/// as the datagram's last four say, add up to it and begin with the request's id.
///
/// A fuzzer calls [#fuzzerTestOneInput].
public final class UdpFuzz {
  private static final int RESPONSE_BYTES_MAX = 1 << 20;

  private UdpFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Exact.show(bytes, UdpFuzz::check);
  }

  static void check(MemorySegment datagram) {
    long size = datagram.byteSize();
    if (!UdpFrame.accepts(datagram, 0, size)) {
      return;
    }
    assertTrue(size > UdpFrame.HEADER_BYTES);
    assertEquals(0, datagram.get(JAVA_BYTE, 4));
    assertEquals(1, datagram.get(JAVA_BYTE, 5));
    int id = UdpFrame.requestId(datagram, 0);
    long responseBytes = number(datagram, size - 4, 4) % RESPONSE_BYTES_MAX;
    int datagrams = UdpFrame.datagrams(responseBytes);
    MemorySegment header = MemorySegment.ofArray(new byte[UdpFrame.HEADER_BYTES]);
    long sent = 0;
    for (int sequence = 0; sequence < datagrams; sequence++) {
      assertEquals(sent, UdpFrame.payloadOffset(sequence));
      int payload = UdpFrame.payloadBytes(responseBytes, sequence);
      assertTrue(payload > 0 && payload <= UdpFrame.PAYLOAD_BYTES_MAX);
      sent += payload;
      UdpFrame.writeHeader(new ByteOutput(header), id, sequence, datagrams);
      assertEquals(id, UdpFrame.requestId(header, 0));
      assertEquals(sequence, number(header, 2, 2));
      assertEquals(datagrams, number(header, 4, 2));
      assertEquals(datagrams == 1, UdpFrame.accepts(header, 0, UdpFrame.HEADER_BYTES + 1));
    }
    assertEquals(responseBytes, sent);
  }

  private static long number(MemorySegment bytes, long at, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | (bytes.get(JAVA_BYTE, at + i) & 0xff);
    }
    return number;
  }
}
