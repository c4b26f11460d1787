package io.scrubjay.protocol.meta;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Exact;
import io.scrubjay.protocol.text.TextDecoded;
import io.scrubjay.protocol.text.TextDecoder;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// What holds for the meta decoder whatever the bytes are: it reads nothing outside of its line,
/// says the same wherever the line lies, keys keep within their limit and replies within their
/// room.
///
/// A fuzzer calls [#fuzzerTestOneInput].
public final class MetaFuzz {
  private static final int PADDING_BYTES = 3;
  private static final Set<TextVerb> META = EnumSet.range(TextVerb.MG, TextVerb.ME);

  private MetaFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Exact.show(bytes, MetaFuzz::check);
  }

  static void check(MemorySegment input) {
    TextRequest line = new TextRequest();
    long from = 0;
    TextDecoded decoded = new TextDecoder().decode(input, from, input.byteSize(), line);
    while (decoded == TextDecoded.COMPLETE || decoded == TextDecoded.REFUSED) {
      long end = line.lineEnd;
      if (decoded == TextDecoded.COMPLETE && META.contains(line.verb)) {
        String told = told(line);
        byte[] padded = new byte[PADDING_BYTES + (int) (end - from)];
        Arrays.fill(padded, (byte) '0');
        MemorySegment elsewhere = MemorySegment.ofArray(padded);
        elsewhere.asSlice(PADDING_BYTES).copyFrom(input.asSlice(from, end - from));
        TextRequest moved = new TextRequest();
        new TextDecoder().decode(elsewhere, PADDING_BYTES, padded.length, moved);
        assertEquals(told, told(moved));
      }
      from = end;
      decoded = new TextDecoder().decode(input, from, input.byteSize(), line);
    }
  }

  /// What the decoder makes of a line, with every kind of reply to it.
  private static String told(TextRequest line) {
    MetaRequest request = MetaDecoding.request();
    boolean good = new MetaDecoder().decode(line, request);
    assertTrue(request.swallowBytes >= 0 && request.valueBytes >= 0);
    if (!good) {
      return request.error + " " + request.swallowBytes;
    }
    assertTrue(request.keyLength <= TextRequest.KEY_BYTES_MAX);
    MetaItem item = new MetaItem();
    item.cas = -1;
    item.binaryKey = true;
    ByteOutput out = new ByteOutput(MemorySegment.ofArray(new byte[MetaEncoder.REPLY_BYTES_MAX]));
    MetaEncoder.status(out, MetaStatus.EN, request);
    String miss = taken(out);
    MetaEncoder.valueHeader(out, Integer.MAX_VALUE, request, item);
    String hit = taken(out);
    MetaEncoder.debug(out, request, item);
    return request.valueBytes + miss + hit + taken(out);
  }

  private static String taken(ByteOutput out) {
    byte[] written = out.segment().asSlice(0, out.position()).toArray(JAVA_BYTE);
    out.position(0);
    return Arrays.toString(written);
  }
}
