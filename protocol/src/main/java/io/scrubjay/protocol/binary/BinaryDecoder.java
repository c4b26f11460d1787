package io.scrubjay.protocol.binary;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.scrubjay.protocol.text.TextRequest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads one packet of the binary protocol at a time, up to its value.
///
/// ```
///   0  magic  1  opcode   2..3 key length   4 extras length   5 data type   6..7 ignored
///   8..11 body length    12..15 opaque     16..23 cas        24 extras, key, value
/// ```
///
/// All numbers are big-endian and unsigned. Pure: the same bytes give the same answer; reads
/// nothing at or past `to`. Threads: stateless. Source: spec section 4.
public final class BinaryDecoder {
  public static final int HEADER_BYTES = 24;

  /// What a request starts with, and how a connection is told from a text one.
  public static final byte REQUEST_MAGIC = (byte) 0x80;

  private static final long BODY_BYTES_MAX = 1L << 30;
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /// Looks at the packet that starts at `from`.
  public BinaryDecoded decode(MemorySegment input, long from, long to, BinaryRequest into) {
    if (to - from < HEADER_BYTES) {
      return BinaryDecoded.NEED_MORE;
    }
    if (input.get(JAVA_BYTE, from) != REQUEST_MAGIC) {
      return BinaryDecoded.CLOSE;
    }
    long start = input.get(LONG, from);
    int keyLength = (int) (start >>> 32 & 0xffff);
    int extrasLength = (int) (start >>> 24 & 0xff);
    if (to - from < HEADER_BYTES + extrasLength + keyLength) {
      return BinaryDecoded.NEED_MORE;
    }
    into.segment = input;
    into.packetStart = from;
    into.opcodeByte = (int) (start >>> 48 & 0xff);
    into.opcode = BinaryOpcode.of(into.opcodeByte);
    into.quiet = into.opcode.isQuiet(into.opcodeByte);
    into.keyOffset = from + HEADER_BYTES + extrasLength;
    into.keyLength = keyLength;
    into.headEnd = into.keyOffset + keyLength;
    long bodyAndOpaque = input.get(LONG, from + 8);
    into.opaque = (int) bodyAndOpaque;
    into.cas = input.get(LONG, from + 16);
    into.forgetBody();
    return body(bodyAndOpaque >>> 32, extrasLength, into);
  }

  private static BinaryDecoded body(long bodyBytes, int extrasLength, BinaryRequest into) {
    if (into.keyLength + extrasLength > bodyBytes) {
      return refused(BinaryStatus.UNKNOWN_COMMAND, BinaryDecoded.REFUSED_CLOSE, into);
    }
    if (bodyBytes > BODY_BYTES_MAX || into.keyLength > TextRequest.KEY_BYTES_MAX) {
      return refused(BinaryStatus.INVALID_ARGUMENTS, BinaryDecoded.REFUSED_CLOSE, into);
    }
    int valueBytes = (int) (bodyBytes - into.keyLength - extrasLength);
    if (into.opcode == BinaryOpcode.UNKNOWN) {
      into.swallowBytes = valueBytes;
      return refused(BinaryStatus.UNKNOWN_COMMAND, BinaryDecoded.REFUSED, into);
    }
    if (!into.opcode.shape.fits(extrasLength, into.keyLength, valueBytes)) {
      return refused(BinaryStatus.INVALID_ARGUMENTS, BinaryDecoded.REFUSED_CLOSE, into);
    }
    into.valueBytes = valueBytes;
    extras(into.packetStart + HEADER_BYTES, extrasLength, into);
    return BinaryDecoded.COMPLETE;
  }

  private static void extras(long at, int extrasLength, BinaryRequest into) {
    MemorySegment input = into.segment;
    if (extrasLength == 8) {
      into.clientFlags = input.get(INT, at);
    } else if (extrasLength == 20) {
      into.delta = input.get(LONG, at);
      into.initial = input.get(LONG, at + 8);
    }
    if (extrasLength > 0) {
      into.exptime = input.get(INT, at + extrasLength - 4);
    }
  }

  private static BinaryDecoded refused(
      BinaryStatus status, BinaryDecoded decoded, BinaryRequest into) {
    into.status = status;
    return decoded;
  }
}
