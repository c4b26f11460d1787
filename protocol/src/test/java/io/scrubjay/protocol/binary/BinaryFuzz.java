package io.scrubjay.protocol.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.protocol.Exact;
import io.scrubjay.protocol.text.TextRequest;
import java.lang.foreign.MemorySegment;

/// What holds for the binary decoder whatever the bytes are: it ends, gets on with each packet,
/// reads nothing outside of them, asks for more until the packet's head is whole, and then says the
/// same however much lies behind it.
///
/// A fuzzer calls [#fuzzerTestOneInput].
public final class BinaryFuzz {
  private static final int CUTS_MAX = 32;

  private BinaryFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Exact.show(bytes, BinaryFuzz::check);
  }

  static void check(MemorySegment input) {
    BinaryDecoder decoder = new BinaryDecoder();
    BinaryRequest request = new BinaryRequest();
    long from = 0;
    while (true) {
      BinaryDecoded decoded = decoder.decode(input, from, input.byteSize(), request);
      if (decoded == BinaryDecoded.NEED_MORE || decoded == BinaryDecoded.CLOSE) {
        return;
      }
      long end = request.headEnd;
      String told = told(decoded, request);
      assertTrue(end >= from + BinaryDecoder.HEADER_BYTES && end <= input.byteSize(), told);
      assertTrue(request.valueBytes >= 0 && request.swallowBytes >= 0, told);
      checkCuts(input, from, end, told);
      if (decoded == BinaryDecoded.REFUSED_CLOSE) {
        return;
      }
      assertTrue(
          decoded == BinaryDecoded.REFUSED || request.keyLength <= TextRequest.KEY_BYTES_MAX, told);
      long behind = Math.max(request.valueBytes, request.swallowBytes);
      from = end + Math.min(behind, input.byteSize() - end);
    }
  }

  private static void checkCuts(MemorySegment input, long from, long end, String told) {
    BinaryDecoder decoder = new BinaryDecoder();
    BinaryRequest request = new BinaryRequest();
    long step = Math.max(1, (end - from) / CUTS_MAX);
    for (long cut = from; cut < end; cut += step) {
      BinaryDecoded part = decoder.decode(input.asSlice(0, cut), from, cut, request);
      assertEquals(BinaryDecoded.NEED_MORE, part, told);
    }
    BinaryDecoded whole = decoder.decode(input.asSlice(0, end), from, end, request);
    assertEquals(told, told(whole, request));
  }

  private static String told(BinaryDecoded decoded, BinaryRequest request) {
    return String.format(
        "%s %s %x quiet %b key %d+%d value %d flags %x exptime %x delta %x initial %x cas %x %s %d",
        decoded,
        request.opcode,
        request.opaque,
        request.quiet,
        request.keyOffset,
        request.keyLength,
        request.valueBytes,
        request.clientFlags,
        request.exptime,
        request.delta,
        request.initial,
        request.cas,
        request.status,
        request.swallowBytes);
  }
}
