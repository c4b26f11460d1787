package io.scrubjay.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.protocol.Exact;
import java.lang.foreign.MemorySegment;

/// What holds for the text decoder whatever the bytes are: it ends, gets on with each line, reads
/// nothing outside of them, and says the same when the line came in two parts.
///
/// A fuzzer calls [#fuzzerTestOneInput].
public final class TextFuzz {
  private static final int CUTS_MAX = 16;

  private TextFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Exact.show(bytes, TextFuzz::check);
  }

  static void check(MemorySegment input) {
    TextDecoder decoder = new TextDecoder();
    TextRequest request = new TextRequest();
    long from = 0;
    TextDecoded decoded = decoder.decode(input, from, input.byteSize(), request);
    while (decoded == TextDecoded.COMPLETE || decoded == TextDecoded.REFUSED) {
      long end = request.lineEnd;
      String told = Decoding.told(decoded, request);
      assertTrue(end > from && end <= input.byteSize(), told);
      assertTrue(request.valueBytes >= 0 && request.swallowBytes >= 0, told);
      boolean refused = decoded == TextDecoded.REFUSED;
      assertTrue(refused || request.keyLength <= TextRequest.KEY_BYTES_MAX, told);
      assertTrue(request.arguments() >= 0, told);
      for (int token = 0; token <= request.tokens(); token++) {
        request.parseInt32(token);
        request.parseUint32(token);
        request.parseInt64(token);
        request.parseUint64(token);
      }
      checkCuts(input, from, end, told);
      from = end;
      decoded = decoder.decode(input, from, input.byteSize(), request);
    }
  }

  private static void checkCuts(MemorySegment input, long from, long end, String told) {
    TextDecoder decoder = new TextDecoder();
    TextRequest request = new TextRequest();
    long step = Math.max(1, (end - from) / CUTS_MAX);
    for (long cut = from; cut < end; cut += step) {
      TextDecoded part = decoder.decode(input.asSlice(0, cut), from, cut, request);
      boolean tooLong = cut - from > TextDecoder.UNFINISHED_BYTES_MAX;
      assertTrue(
          part == TextDecoded.NEED_MORE || (tooLong && part == TextDecoded.CLOSE),
          () -> part + " of a part of " + told);
      TextDecoded whole = decoder.decode(input.asSlice(0, end), from, end, cut, request);
      assertEquals(told, Decoding.told(whole, request));
    }
  }
}
