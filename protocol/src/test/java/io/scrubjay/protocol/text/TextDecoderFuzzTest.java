package io.scrubjay.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.protocol.Mutants;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Strategy: cut good lines everywhere, then mutate them from a seed and hold them to the rules of
/// [TextFuzz].
///
/// Invariants: an unfinished line says so; the same bytes give the same answer wherever they lie.
final class TextDecoderFuzzTest {
  private static final long SEED = 0x5c2b_2026L;
  private static final int MUTANTS = 100_000;
  private static final List<String> LINES =
      List.of(
          "get a\r\n",
          "get thirty-byte-key-0123456789abcd\r\n",
          "gets a bb ccc dddd\n",
          "gat 100 a b\r\n",
          "gats -1 a\r\n",
          "set key 1 2 3\r\n",
          "set key 1 2 3 noreply\r\n",
          "add key 4294967296 -1 0\r\n",
          "replace key +1 2 3\r\n",
          "append key 1 2 3\r\n",
          "prepend key 1 2 3\r\n",
          "cas key 1 2 3 18446744073709551615\r\n",
          "delete key 0 noreply\r\n",
          "incr key 18446744073709551615\r\n",
          "decr key 1 noreply\r\n",
          "touch key 60\r\n",
          "mg key v t\r\n",
          "mn\r\n",
          "version\r\n",
          "verbosity 1\r\n",
          " verbosity 1 noreply\r\n",
          "quit\r\n",
          "flush_all 10 noreply\r\n",
          "stats settings\r\n",
          "slabs reassign 1 2\r\n",
          "lru tune 10 25 0.1 2.0\r\n",
          "lru_crawler crawl 1,2,3\r\n",
          "cache_memlimit 64\r\n",
          "watch fetchers mutations\r\n",
          "shutdown graceful\r\n",
          "GET / HTTP/1.1\r\n",
          "foo bar\r\n",
          "ab\n");

  private final TextDecoder decoder = new TextDecoder();
  private final TextRequest request = new TextRequest();

  @Test
  void everyLineAnswersTheSameAtEverySplitPoint() {
    for (String line : LINES) {
      byte[] wire = line.getBytes(StandardCharsets.ISO_8859_1);
      String whole = told(wire, 0, wire.length, 0);
      for (int cut = 0; cut < wire.length; cut++) {
        byte[] part = Arrays.copyOf(wire, cut);
        assertEquals("NEED_MORE", told(part, 0, cut, 0), line + " cut at " + cut);
        assertEquals(whole, told(wire, 0, wire.length, cut), line + " searched from " + cut);
      }
    }
  }

  @Test
  void surroundingBytesDoNotMatter() {
    for (String line : LINES) {
      byte[] wire = line.getBytes(StandardCharsets.ISO_8859_1);
      String alone = told(wire, 0, wire.length, 0);
      for (int before = 1; before < 9; before++) {
        byte[] padded = ("\n".repeat(before) + line + "get x\r\n").getBytes(StandardCharsets.UTF_8);
        String inside = told(padded, before, padded.length, before);
        int end = before + wire.length;
        assertEquals(alone.replace("line " + wire.length, "line " + end), inside);
      }
    }
  }

  @Test
  void mutantsNeverBreakTheDecoder() {
    List<byte[]> wires =
        LINES.stream().map(line -> line.getBytes(StandardCharsets.ISO_8859_1)).toList();
    Mutants.each(SEED, MUTANTS, wires, TextFuzz::check);
  }

  private String told(byte[] wire, int from, int to, int searchFrom) {
    TextDecoded decoded =
        decoder.decode(MemorySegment.ofArray(wire), from, to, searchFrom, request);
    return Decoding.told(decoded, request);
  }
}
