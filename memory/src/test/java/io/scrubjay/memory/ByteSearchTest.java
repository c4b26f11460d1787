package io.scrubjay.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
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
          assertEquals(expected, ByteSearch.indexOf(segment, from, to, wanted), where);
        }
      }
    }
  }

  @Test
  void equalSeesEverySingleDifferingByte() {
    for (int length = 0; length <= 40; length++) {
      byte[] a = new byte[length + 3];
      byte[] b = new byte[length + 5];
      for (int i = 0; i < length; i++) {
        a[i + 3] = (byte) (i + 1);
        b[i + 5] = (byte) (i + 1);
      }
      MemorySegment first = MemorySegment.ofArray(a);
      MemorySegment second = MemorySegment.ofArray(b);
      assertTrue(ByteSearch.equal(first, 3, second, 5, length));
      for (int i = 0; i < length; i++) {
        b[i + 5] ^= 0x40;
        assertFalse(ByteSearch.equal(first, 3, second, 5, length), length + " differ at " + i);
        b[i + 5] ^= 0x40;
      }
    }
  }
}
