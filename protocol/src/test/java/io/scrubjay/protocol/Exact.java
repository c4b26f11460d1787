package io.scrubjay.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// Bytes in native memory of exactly their size: a read past either end throws.
public final class Exact {
  private Exact() {}

  public static void show(byte[] bytes, Consumer<MemorySegment> check) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocate(bytes.length);
      input.copyFrom(MemorySegment.ofArray(bytes));
      check.accept(input);
    }
  }
}
