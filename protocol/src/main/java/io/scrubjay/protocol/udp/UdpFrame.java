package io.scrubjay.protocol.udp;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The frame header of a datagram, the same both ways:
///
/// ```
///   0..1 request id   2..3 sequence   4..5 datagrams in all   6..7 reserved, 0
/// ```
///
/// Numbers are big-endian, unsigned, 16 bits. Each response is cut by itself: sequences start at 0,
/// all datagrams but the last are full. Stateless. Source: spec 5.3.
public final class UdpFrame {
  public static final int HEADER_BYTES = 8;

  /// Of a response, per datagram.
  public static final int PAYLOAD_BYTES_MAX = 1392;

  private static final int COUNT_MAX = 0xffff;
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private UdpFrame() {}

  /// Whether the datagram in `[from, to)` is a request to answer: a payload after the header, and
  /// no part of several. Sequence and the reserved bytes are not looked at.
  public static boolean accepts(MemorySegment datagram, long from, long to) {
    return to - from > HEADER_BYTES && datagram.get(SHORT, from + 4) == 1;
  }

  /// 0..65535; responses repeat it.
  public static int requestId(MemorySegment datagram, long from) {
    return datagram.get(SHORT, from) & 0xffff;
  }

  /// How many datagrams a response takes; none when it is empty.
  public static int datagrams(long responseBytes) {
    return Math.toIntExact((responseBytes + PAYLOAD_BYTES_MAX - 1) / PAYLOAD_BYTES_MAX);
  }

  /// Where in the response the payload of a datagram starts.
  public static long payloadOffset(int sequence) {
    return (long) sequence * PAYLOAD_BYTES_MAX;
  }

  /// How much of the response the datagram holds.
  public static int payloadBytes(long responseBytes, int sequence) {
    return (int) Math.min(PAYLOAD_BYTES_MAX, responseBytes - payloadOffset(sequence));
  }

  /// Writes the header of one of the `datagrams` of a response. A count that 16 bits can't hold is
  /// told as the most they can; a sequence then wraps.
  public static void writeHeader(ByteOutput out, int requestId, int sequence, int datagrams) {
    long header =
        (requestId & 0xffffL) << 48
            | (sequence & 0xffffL) << 32
            | (long) Math.min(datagrams, COUNT_MAX) << 16;
    out.putLittleEndianLong(Long.reverseBytes(header), HEADER_BYTES);
  }
}
