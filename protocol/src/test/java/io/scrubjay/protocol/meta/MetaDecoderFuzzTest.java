package io.scrubjay.protocol.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.AllocationProbe;
import io.scrubjay.protocol.Mutants;
import io.scrubjay.protocol.text.TextDecoder;
import io.scrubjay.protocol.text.TextRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Strategy: meta lines mutated from a seed, held to the rules of [MetaFuzz].
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

  @Test
  void mutantsNeverBreakTheDecoder() {
    Mutants.each(SEED, 100_000, LINES, MetaFuzz::check);
  }

  @Test
  void decodingAndAnsweringAllocatesNothing() {
    TextRequest line = new TextRequest();
    MetaItem item = new MetaItem();
    try (Arena arena = Arena.ofConfined()) {
      MetaRequest request = new MetaRequest(arena.allocate(TextRequest.KEY_BYTES_MAX));
      ByteOutput out = new ByteOutput(arena.allocate(MetaEncoder.REPLY_BYTES_MAX));
      for (byte[] wire : LINES) {
        MemorySegment input = arena.allocate(wire.length).copyFrom(MemorySegment.ofArray(wire));
        new TextDecoder().decode(input, 0, wire.length, line);
        MetaDecoder decoder = new MetaDecoder();
        long bytes =
            AllocationProbe.bytesPerCall(
                () -> {
                  out.position(0);
                  decoder.decode(line, request);
                  MetaEncoder.status(out, MetaStatus.HD, request, item);
                });
        assertEquals(0, bytes, new String(wire, StandardCharsets.ISO_8859_1));
      }
    }
  }
}
