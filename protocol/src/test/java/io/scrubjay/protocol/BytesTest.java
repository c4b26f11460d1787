package io.scrubjay.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final long SEED = 20_261_122;

  @Test
  void indexOfAgreesWithALoopForEveryRangeOfNearbyBytes() {
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[40];
      for (int i = 0; i < bytes.length; i++) {
        // Few and neighbouring values, so that borrows between bytes happen.
        bytes[i] = (byte) (random.nextInt(4) + (random.nextBoolean() ? 0x7F : 0));
      }
      byte wanted = (byte) (random.nextInt(4) + (random.nextBoolean() ? 0x7F : 0));
      MemorySegment segment = MemorySegment.ofArray(bytes);
      for (int from = 0; from <= bytes.length; from++) {
        for (int to = from; to <= bytes.length; to++) {
          int expected = -1;
          for (int i = from; i < to && expected < 0; i++) {
            expected = bytes[i] == wanted ? i : -1;
          }
          String where = "seed " + SEED + ", round " + round + ", " + from + ".." + to;
          assertEquals(expected, Bytes.indexOf(segment, wanted, from, to), where);
        }
      }
    }
  }
}
