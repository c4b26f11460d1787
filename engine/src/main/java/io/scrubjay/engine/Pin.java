package io.scrubjay.engine;

import java.lang.foreign.MemorySegment;

/// Keeps one value alive for a reader too slow to be lent it for the length of a call. Pinned
/// values are counted and bounded by the engine; removal or replacement of the item waits for the
/// pin only in its memory, never in what others see.
///
/// Threads: confined to its session; may be held over many loop turns. Owner: whoever pinned
/// releases.
public interface Pin {

  boolean inUse();

  int valueBytes();

  /// Copies `bytes` of the value, from `valueOffset` on, to `target` at `targetOffset`.
  void copy(int valueOffset, MemorySegment target, long targetOffset, int bytes);

  void release();
}
