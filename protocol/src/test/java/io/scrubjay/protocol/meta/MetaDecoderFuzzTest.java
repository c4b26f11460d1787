package io.scrubjay.protocol.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.AllocationProbe;
import io.scrubjay.protocol.Mutants;
import io.scrubjay.protocol.text.TextDecoded;
import io.scrubjay.protocol.text.TextDecoder;
import io.scrubjay.protocol.text.TextRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Strategy: meta lines mutated from a seed, read by both decoders, answered by the encoder.
///
/// Invariants: no exception; keys within their limit; every reply within its named room.
final class MetaDecoderFuzzTest {
  private static final long SEED = 0x3e7a_2026L;
  private static final List<byte[]> LINES =
      List.of(
              "mg key v k t f c s h l O123 q N30 R10\r\n",
              "mg YWJj b k v\r\n",
              "mg key T60 t E12 C1 u\r\n",
              "ms key 5 T0 F7 MS k c s O1 I\r\n",
              "ms YQ== 5 b MA N60 C8 E9 q\r\n",
              "md key q I T30 x O1 k C5 E6\r\n",
              "ma key N60 J10 D5 T30 MD v t c k q\r\n",
              "me YQ== b x\r\n",
              "mn\r\n")
          .stream()
          .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
          .toList();

  private final TextRequest line = new TextRequest();
  private final MetaRequest request =
      new MetaRequest(MemorySegment.ofArray(new byte[TextRequest.KEY_BYTES_MAX]));
  private final MetaItem item = new MetaItem();
  private final ByteOutput out =
      new ByteOutput(MemorySegment.ofArray(new byte[MetaEncoder.REPLY_BYTES_MAX]));

  @Test
  void mutantsNeverBreakTheDecoder() {
    item.cas = -1;
    item.binaryKey = true;
    Mutants.each(SEED, 100_000, LINES, this::check);
  }

  @Test
  void decodingAndAnsweringAllocatesNothing() {
    try (Arena arena = Arena.ofConfined()) {
      MetaRequest nativeRequest = new MetaRequest(arena.allocate(TextRequest.KEY_BYTES_MAX));
      ByteOutput nativeOut = new ByteOutput(arena.allocate(MetaEncoder.REPLY_BYTES_MAX));
      for (byte[] wire : LINES) {
        MemorySegment input = arena.allocate(wire.length).copyFrom(MemorySegment.ofArray(wire));
        new TextDecoder().decode(input, 0, wire.length, line);
        MetaDecoder decoder = new MetaDecoder();
        long bytes =
            AllocationProbe.bytesPerCall(
                () -> {
                  nativeOut.position(0);
                  decoder.decode(line, nativeRequest);
                  MetaEncoder.status(nativeOut, MetaStatus.HD, nativeRequest, item);
                });
        assertEquals(0, bytes, new String(wire, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void check(MemorySegment input) {
    long from = 0;
    while (true) {
      TextDecoded decoded = new TextDecoder().decode(input, from, input.byteSize(), line);
      if (decoded == TextDecoded.NEED_MORE || decoded == TextDecoded.CLOSE) {
        return;
      }
      if (decoded == TextDecoded.COMPLETE && line.verb.isMeta()) {
        boolean good = new MetaDecoder().decode(line, request);
        assertTrue(request.swallowBytes >= 0 && request.valueBytes >= 0);
        if (good) {
          assertTrue(request.keyLength <= TextRequest.KEY_BYTES_MAX);
          answer();
        }
      }
      from = line.lineEnd;
    }
  }

  private void answer() {
    out.position(0);
    MetaEncoder.status(out, MetaStatus.EN, request);
    out.position(0);
    MetaEncoder.valueHeader(out, Integer.MAX_VALUE, request, item);
    out.position(0);
    MetaEncoder.debug(out, request, item);
  }
}
