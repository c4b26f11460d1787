package io.scrubjay.server.watch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// What a watcher's worker takes to send.
final class TakenLines {
  private static final int BYTES_MAX = 4096;

  private TakenLines() {}

  /// All that waits for it.
  static String of(Watcher watcher) {
    MemorySegment target = MemorySegment.ofArray(new byte[BYTES_MAX]);
    int taken = 0;
    for (int count = -1; count != 0; taken += count) {
      count = watcher.take(target, taken, BYTES_MAX - taken);
    }
    byte[] text = target.asSlice(0, taken).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
