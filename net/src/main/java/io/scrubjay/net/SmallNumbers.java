package io.scrubjay.net;

import java.util.BitSet;

/// Gives out the lowest number not in use, like file descriptors. Threads: any.
final class SmallNumbers {
  private final BitSet used = new BitSet();

  synchronized int take() {
    int number = used.nextClearBit(0);
    used.set(number);
    return number;
  }

  synchronized void giveBack(int number) {
    used.clear(number);
  }
}
