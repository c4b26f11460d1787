package io.scrubjay.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The low 32 bits of XXH3-64 with seed 0 and the default secret, `hash_algorithm=xxh3`. Pure.
///
/// Limits: inputs of up to [#LENGTH_MAX] bytes, one block of the algorithm; keys have 250. Source:
/// Yann Collet's published specification of xxHash.
public final class Xxh3 {
  static final int LENGTH_MAX = 1024;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_HALF = 0xFFFF_FFFFL;
  private static final long PRIME32_1 = 0x9E37_79B1L;
  private static final long PRIME32_2 = 0x85EB_CA77L;
  private static final long PRIME32_3 = 0xC2B2_AE3DL;
  private static final long PRIME64_1 = 0x9E37_79B1_85EB_CA87L;
  private static final long PRIME64_2 = 0xC2B2_AE3D_27D4_EB4FL;
  private static final long PRIME64_3 = 0x1656_67B1_9E37_79F9L;
  private static final long PRIME64_4 = 0x85EB_CA77_C2B2_AE63L;
  private static final long PRIME64_5 = 0x27D4_EB2F_1656_67C5L;
  private static final long MIX_1 = 0x1656_6791_9E37_79F9L;
  private static final long MIX_2 = 0x9FB2_1C65_1E98_DF25L;

  private static final int STRIPE_BYTES = 64;
  private static final int MIX_BYTES = 16;
  private static final MemorySegment SECRET =
      MemorySegment.ofArray(
          HexFormat.of()
              .parseHex(
                  "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                      + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                      + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                      + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                      + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                      + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e"));
  private static final int SECRET_BYTES = 192;
  private static final int SECRET_MIN_BYTES = 136;

  private Xxh3() {}

  public static int hash(MemorySegment input, long offset, int length) {
    if (length <= 16) {
      return (int) ofFew(input, offset, length);
    }
    if (length <= 128) {
      return (int) ofSome(input, offset, length);
    }
    return (int) (length <= 240 ? ofMany(input, offset, length) : ofBlock(input, offset, length));
  }

  private static long ofFew(MemorySegment input, long at, int length) {
    if (length > 8) {
      long low = input.get(LONG, at) ^ secret(24) ^ secret(32);
      long high = input.get(LONG, at + length - 8) ^ secret(40) ^ secret(48);
      return avalanche(length + Long.reverseBytes(low) + high + foldedProduct(low, high));
    }
    if (length >= 4) {
      long first = input.get(INT, at) & LOW_HALF;
      long last = input.get(INT, at + length - 4) & LOW_HALF;
      long mixed = (last + (first << 32)) ^ secret(8) ^ secret(16);
      mixed ^= Long.rotateLeft(mixed, 49) ^ Long.rotateLeft(mixed, 24);
      mixed *= MIX_2;
      mixed ^= (mixed >>> 35) + length;
      mixed *= MIX_2;
      return mixed ^ (mixed >>> 28);
    }
    if (length > 0) {
      int first = input.get(JAVA_BYTE, at) & 0xFF;
      int middle = input.get(JAVA_BYTE, at + (length >> 1)) & 0xFF;
      int last = input.get(JAVA_BYTE, at + length - 1) & 0xFF;
      long combined = ((first << 16) | (middle << 24) | last | (length << 8)) & LOW_HALF;
      return olderAvalanche(combined ^ ((secret(0) ^ (secret(0) >>> 32)) & LOW_HALF));
    }
    return olderAvalanche(secret(56) ^ secret(64));
  }

  /// 17 to 128 bytes: pairs of 16 from both ends inwards.
  private static long ofSome(MemorySegment input, long at, int length) {
    long sum = length * PRIME64_1;
    for (int pair = (length - 1) / (2 * MIX_BYTES); pair >= 0; pair--) {
      sum += mixed(input, at + (long) pair * MIX_BYTES, 2 * pair * MIX_BYTES);
      sum += mixed(input, at + length - (pair + 1L) * MIX_BYTES, (2 * pair + 1) * MIX_BYTES);
    }
    return avalanche(sum);
  }

  /// 129 to 240 bytes.
  private static long ofMany(MemorySegment input, long at, int length) {
    long sum = length * PRIME64_1;
    for (int i = 0; i < 8; i++) {
      sum += mixed(input, at + (long) i * MIX_BYTES, i * MIX_BYTES);
    }
    sum = avalanche(sum);
    for (int i = 8; i < length / MIX_BYTES; i++) {
      sum += mixed(input, at + (long) i * MIX_BYTES, (i - 8) * MIX_BYTES + 3);
    }
    return avalanche(sum + mixed(input, at + length - MIX_BYTES, SECRET_MIN_BYTES - 17));
  }

  /// 241 to [#LENGTH_MAX] bytes: eight independent lanes over stripes of 64.
  private static long ofBlock(MemorySegment input, long at, int length) {
    if (length > LENGTH_MAX) {
      throw new AssertionError(length + " bytes to hash, must be at most " + LENGTH_MAX);
    }
    long result = length * PRIME64_1;
    for (int pair = 0; pair < 4; pair++) {
      long even = lane(input, at, length, 2 * pair) ^ secret(11 + 16 * pair);
      long odd = lane(input, at, length, 2 * pair + 1) ^ secret(11 + 16 * pair + 8);
      result += foldedProduct(even, odd);
    }
    return avalanche(result);
  }

  private static long lane(MemorySegment input, long at, int length, int lane) {
    long sum = laneStart(lane);
    int stripes = (length - 1) / STRIPE_BYTES;
    for (int stripe = 0; stripe < stripes; stripe++) {
      sum += striped(input, at + (long) stripe * STRIPE_BYTES, lane, 8 * stripe);
    }
    int lastSecret = SECRET_BYTES - STRIPE_BYTES - 7;
    return sum + striped(input, at + length - STRIPE_BYTES, lane, lastSecret);
  }

  private static long laneStart(int lane) {
    return switch (lane) {
      case 0 -> PRIME32_3;
      case 1 -> PRIME64_1;
      case 2 -> PRIME64_2;
      case 3 -> PRIME64_3;
      case 4 -> PRIME64_4;
      case 5 -> PRIME32_2;
      case 6 -> PRIME64_5;
      default -> PRIME32_1;
    };
  }

  private static long striped(MemorySegment input, long stripe, int lane, int secretAt) {
    long keyed = input.get(LONG, stripe + 8L * lane) ^ secret(secretAt + 8 * lane);
    return input.get(LONG, stripe + 8L * (lane ^ 1)) + (keyed & LOW_HALF) * (keyed >>> 32);
  }

  private static long mixed(MemorySegment input, long at, int secretAt) {
    return foldedProduct(
        input.get(LONG, at) ^ secret(secretAt), input.get(LONG, at + 8) ^ secret(secretAt + 8));
  }

  private static long foldedProduct(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }

  private static long secret(int at) {
    return SECRET.get(LONG, at);
  }

  private static long avalanche(long hash) {
    long h = (hash ^ (hash >>> 37)) * MIX_1;
    return h ^ (h >>> 32);
  }

  /// XXH64's, for the shortest inputs.
  private static long olderAvalanche(long hash) {
    long h = (hash ^ (hash >>> 33)) * PRIME64_2;
    h = (h ^ (h >>> 29)) * PRIME64_3;
    return h ^ (h >>> 32);
  }
}
