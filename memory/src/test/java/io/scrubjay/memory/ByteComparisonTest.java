package io.scrubjay.memory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ByteComparisonTest {
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
      assertTrue(ByteComparison.equal(first, 3, second, 5, length));
      for (int i = 0; i < length; i++) {
        b[i + 5] ^= 0x40;
        assertFalse(ByteComparison.equal(first, 3, second, 5, length), length + " differ at " + i);
        b[i + 5] ^= 0x40;
      }
    }
  }
}
