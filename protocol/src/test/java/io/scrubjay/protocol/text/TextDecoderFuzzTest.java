package io.scrubjay.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Strategy: cut good lines everywhere, then mutate them from a seed. Each input lies in a segment
/// exactly as long as itself, so a read past the end throws.
///
/// Invariants: no exception; an unfinished line says so; the same bytes give the same answer
/// wherever they lie; a finished line ends after it starts and inside the input.
final class TextDecoderFuzzTest {
  private static final long SEED = 0x5c2b_2026L;
  private static final int MUTANTS = 60_000;
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
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] wire = mutant(random);
      try {
        check(wire);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed "
                + SEED
                + ", mutant "
                + i
                + ": "
                + Arrays.toString(wire)
                + " = "
                + new String(wire, StandardCharsets.ISO_8859_1),
            e);
      }
    }
  }

  private void check(byte[] wire) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocate(wire.length);
      input.copyFrom(MemorySegment.ofArray(wire));
      long from = 0;
      while (true) {
        TextDecoded decoded = decoder.decode(input, from, wire.length, request);
        if (decoded == TextDecoded.NEED_MORE || decoded == TextDecoded.CLOSE) {
          return;
        }
        String told = Decoding.told(decoded, request);
        assertTrue(request.lineEnd > from && request.lineEnd <= wire.length, told);
        assertTrue(request.valueBytes >= 0 && request.swallowBytes >= 0, told);
        assertTrue(
            request.keyLength <= TextRequest.KEY_BYTES_MAX
                || request.keyTooLong
                || decoded == TextDecoded.REFUSED,
            told);
        assertTrue(request.arguments() >= 0, told);
        for (int token = 0; token <= request.tokens(); token++) {
          request.parseInt32(token);
          request.parseUint32(token);
          request.parseInt64(token);
          request.parseUint64(token);
        }
        from = request.lineEnd;
      }
    }
  }

  private static byte[] mutant(SplittableRandom random) {
    String line = LINES.get(random.nextInt(LINES.size()));
    if (random.nextInt(4) == 0) {
      line += LINES.get(random.nextInt(LINES.size()));
    }
    byte[] wire = line.getBytes(StandardCharsets.ISO_8859_1);
    for (int changes = random.nextInt(1, 5); changes > 0 && wire.length > 1; changes--) {
      int at = random.nextInt(wire.length);
      switch (random.nextInt(5)) {
        case 0 -> wire[at] = (byte) random.nextInt(256);
        case 1 -> wire[at] = (byte) "  \r\n09-+k\t".charAt(random.nextInt(10));
        case 2 -> wire = Arrays.copyOf(wire, at + 1);
        case 3 -> {
          byte[] longer = Arrays.copyOf(wire, wire.length + random.nextInt(1, 300));
          System.arraycopy(wire, at, longer, at + longer.length - wire.length, wire.length - at);
          Arrays.fill(longer, at, at + longer.length - wire.length, wire[at]);
          wire = longer;
        }
        default -> {
          System.arraycopy(wire, at, wire, at - 1 < 0 ? 0 : at - 1, wire.length - at);
          wire = Arrays.copyOf(wire, wire.length - 1);
        }
      }
    }
    return wire;
  }

  private String told(byte[] wire, int from, int to, int searchFrom) {
    TextDecoded decoded =
        decoder.decode(MemorySegment.ofArray(wire), from, to, searchFrom, request);
    return Decoding.told(decoded, request);
  }
}
