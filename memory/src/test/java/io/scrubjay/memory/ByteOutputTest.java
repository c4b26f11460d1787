package io.scrubjay.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteOutputTest {
  private static final long SEED = 7;
  private final MemorySegment segment = MemorySegment.ofArray(new byte[64]);
  private final ByteOutput output = new ByteOutput(segment);

  private String written() {
    byte[] bytes = segment.asSlice(0, output.position()).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, US_ASCII);
  }

  @Test
  void numbersAreWrittenAsTheJdkWritesThem() {
    var random = new SplittableRandom(SEED);
    long power = 1;
    for (int i = 0; i < 64; i++) {
      long[] values = {power - 1, power, -power, ~power, random.nextLong() >>> i};
      for (long value : values) {
        output.position(0);
        output.putUnsigned(value);
        String unsigned = Long.toUnsignedString(value);
        assertEquals(unsigned, written());
        assertEquals(unsigned.length(), ByteOutput.unsignedDigits(value), unsigned);
        output.position(0);
        output.putSigned(value);
        assertEquals(Long.toString(value), written());
      }
      power = i % 2 == 0 ? power * 10 : 1L << i;
    }
  }

  @Test
  void piecesFollowOneAnother() {
    output.put((byte) 'V');
    output.put(MemorySegment.ofArray("ALUE ".getBytes(US_ASCII)));
    output.put(MemorySegment.ofArray("<key>".getBytes(US_ASCII)), 1, 3);
    output.putLittleEndianLong(' ' | ('0' << 8) | ('\r' << 16) | ('\n' << 24), 4);
    assertEquals("VALUE key 0\r\n", written());
    assertEquals(64 - 13, output.room());
  }

  @Test
  void nothingIsWrittenPastTheEnd() {
    output.position(64);
    assertThrows(IndexOutOfBoundsException.class, () -> output.put((byte) 1));
    assertThrows(IndexOutOfBoundsException.class, () -> output.position(65));
    assertEquals(64, output.position());
  }
}
