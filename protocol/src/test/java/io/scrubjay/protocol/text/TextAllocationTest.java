package io.scrubjay.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.AllocationProbe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextAllocationTest {
  @Test
  void decodingAllocatesNothing() {
    TextDecoder decoder = new TextDecoder();
    TextRequest request = new TextRequest();
    for (String line :
        List.of(
            "get thirty-byte-key-0123456789abcd\r\n",
            "gets a b c d\r\n",
            "gat 0 a b\r\n",
            "set key 1 2 3 noreply\r\n",
            "cas key 1 2 3 4\r\n",
            "incr key 5\r\n",
            "flush_all 5\r\n",
            "set key x 2 3\r\n")) {
      byte[] wire = line.getBytes(StandardCharsets.ISO_8859_1);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment input = arena.allocate(wire.length).copyFrom(MemorySegment.ofArray(wire));
        long bytes =
            AllocationProbe.bytesPerCall(
                () -> {
                  decoder.decode(input, 0, wire.length, request);
                  if (request.verb.kind == TextVerb.Kind.RETRIEVAL) {
                    while (request.nextKey()) {}
                  }
                });
        assertEquals(0, bytes, line);
      }
    }
  }

  @Test
  void encodingAHitAllocatesNothing() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(250);
      ByteOutput out = new ByteOutput(arena.allocate(1024));
      long bytes =
          AllocationProbe.bytesPerCall(
              () -> {
                out.position(0);
                TextEncoder.valueHeader(out, key, 0, 30, 5, 100);
                TextEncoder.valueHeader(out, key, 0, 250, 0, 100, -1);
                TextReply.STORED.writeTo(out);
                TextReply.NOT_STORED.writeTo(out);
                TextError.BAD_DATA_CHUNK.writeTo(out);
              });
      assertEquals(0, bytes);
    }
  }
}
