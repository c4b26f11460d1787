package io.scrubjay.bench.micro;

/// What a benchmark checks before it is timed.
final class Proof {
  private Proof() {}

  static void holds(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("the benchmark's answer is wrong: " + what);
    }
  }
}
