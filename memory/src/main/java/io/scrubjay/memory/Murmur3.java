package io.scrubjay.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// MurmurHash3, the x86 32-bit variant with seed 0: memcached's default key hash. Pure.
///
/// Source: Austin Appleby's published algorithm (public domain).
public final class Murmur3 {
  private static final ValueLayout.OfInt BLOCK =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int C1 = 0xCC9E_2D51;
  private static final int C2 = 0x1B87_3593;

  private Murmur3() {}

  public static int hash(MemorySegment segment, long offset, int length) {
    int hash = 0;
    long at = offset;
    long blocksEnd = offset + (length & ~3);
    for (; at < blocksEnd; at += Integer.BYTES) {
      hash ^= scrambled(segment.get(BLOCK, at));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xE654_6B64;
    }
    int tail = 0;
    for (int i = (length & 3) - 1; i >= 0; i--) {
      tail = (tail << 8) | (segment.get(JAVA_BYTE, at + i) & 0xFF);
    }
    // An empty tail scrambles to 0, so there is nothing to leave out.
    return avalanche(hash ^ scrambled(tail) ^ length);
  }

  private static int scrambled(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int avalanche(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85EB_CA6B;
    h ^= h >>> 13;
    h *= 0xC2B2_AE35;
    return h ^ (h >>> 16);
  }
}
