package io.scrubjay.conformance.differential;

/// The question put behind a batch. Classic text echoes nothing but values, so one is stored and
/// read back; its number makes the answer unlike any other of the episode. Binary has opaques.
record Barrier(boolean binary, int number) {
  private static final int OPAQUE = 0x7a00_0000;

  String question() {
    return binary
        ? BinaryFrames.noop(OPAQUE + number)
        : "set barrier 0 0 8\r\n%08d\r\nget barrier\r\n".formatted(number);
  }

  String answer() {
    return binary
        ? BinaryFrames.noopAnswer(OPAQUE + number)
        : "STORED\r\nVALUE barrier 0 8\r\n%08d\r\nEND\r\n".formatted(number);
  }
}
