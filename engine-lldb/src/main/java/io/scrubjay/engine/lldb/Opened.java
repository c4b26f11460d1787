package io.scrubjay.engine.lldb;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened, to be closed the last first. Each is closed, whatever another one's end throws.
///
/// Threads: confined to opening and closing.
final class Opened implements AutoCloseable {
  private final Deque<Runnable> ends = new ArrayDeque<>();

  /// @param end closes it
  void add(Runnable end) {
    ends.push(end);
  }

  /// Idempotent. Errors: the first that an end throws.
  @Override
  public void close() {
    Runnable last = ends.poll();
    if (last != null) {
      try (this) {
        last.run();
      }
    }
  }
}
