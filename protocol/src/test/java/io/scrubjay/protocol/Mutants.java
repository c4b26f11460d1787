package io.scrubjay.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Good inputs, damaged from a seed: bytes replaced, repeated, cut off, taken out; two inputs
/// joined. A failure names seed and input.
public final class Mutants {
  private static final int BYTES_MAX = 4096;
  private static final String TELLING = "  \r\n09-+kb\t";

  private Mutants() {}

  /// Shows `count` mutants to `check`, each in native memory exactly as long as itself, so that a
  /// read past its end throws.
  public static void each(
      long seed, int count, List<byte[]> inputs, Consumer<MemorySegment> check) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(BYTES_MAX);
      for (int i = 0; i < count; i++) {
        byte[] wire = mutant(random, inputs);
        MemorySegment exact = memory.asSlice(BYTES_MAX - wire.length, wire.length);
        exact.copyFrom(MemorySegment.ofArray(wire));
        try {
          check.accept(exact);
        } catch (RuntimeException | AssertionError e) {
          String hex = HexFormat.of().formatHex(wire);
          String text = new String(wire, StandardCharsets.ISO_8859_1);
          throw new AssertionError("seed " + seed + ", mutant " + i + ": " + hex + " = " + text, e);
        }
      }
    }
  }

  private static byte[] mutant(SplittableRandom random, List<byte[]> inputs) {
    byte[] wire = any(random, inputs).clone();
    if (random.nextInt(4) == 0) {
      wire = spliced(wire, wire.length, any(random, inputs));
    }
    for (int changes = random.nextInt(1, 5); changes > 0 && wire.length > 1; changes--) {
      int at = random.nextInt(wire.length);
      switch (random.nextInt(5)) {
        case 0 -> wire[at] = (byte) random.nextInt(256);
        case 1 -> wire[at] = (byte) TELLING.charAt(random.nextInt(TELLING.length()));
        case 2 -> wire = Arrays.copyOf(wire, at + 1);
        case 3 -> {
          byte[] run = new byte[random.nextInt(1, 300)];
          Arrays.fill(run, wire[at]);
          wire = spliced(wire, at, run);
        }
        default -> {
          byte[] shorter = Arrays.copyOf(wire, wire.length - 1);
          System.arraycopy(wire, at + 1, shorter, at, wire.length - at - 1);
          wire = shorter;
        }
      }
    }
    return wire;
  }

  private static byte[] any(SplittableRandom random, List<byte[]> inputs) {
    return inputs.get(random.nextInt(inputs.size()));
  }

  private static byte[] spliced(byte[] wire, int at, byte[] inserted) {
    byte[] longer = Arrays.copyOf(wire, wire.length + inserted.length);
    System.arraycopy(inserted, 0, longer, at, inserted.length);
    System.arraycopy(wire, at, longer, at + inserted.length, wire.length - at);
    return longer;
  }
}
