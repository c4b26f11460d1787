package io.scrubjay.engine.slab;

/// How soon background work is to be done again: at once while there is much of it, ever more
/// rarely while there is none.
///
/// Pauses are a power of two of milliseconds and end at multiples of it, so that several idle
/// pieces of work wake their thread together. Units: nanoseconds of a clock that doesn't go back.
/// Threads: confined.
final class Pace {
  static final long PAUSE_MIN_NANOS = 1_000_000;
  private static final int LEVEL_MAX = 10;

  private final int much;
  private int level;
  private long dueNanos;

  /// `much`: pieces of work done at a time that say there is more.
  Pace(int much) {
    this.much = much;
  }

  boolean due(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }

  long dueNanos() {
    return dueNanos;
  }

  /// So many pieces of work were done now.
  void done(int pieces, long nowNanos) {
    if (pieces >= much) {
      level = 0;
    } else if (pieces > much / 8) {
      level = Math.max(0, level - 1);
    } else if (pieces == 0) {
      level = Math.min(LEVEL_MAX, level + 1);
    }
    long pause = PAUSE_MIN_NANOS << level;
    dueNanos = (Math.floorDiv(nowNanos, pause) + 1) * pause;
  }
}
