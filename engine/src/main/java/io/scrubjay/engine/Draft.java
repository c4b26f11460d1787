package io.scrubjay.engine;

import java.lang.foreign.MemorySegment;

/// An item in the making: memory that [Session#reserve] took, filled as the bytes arrive, seen by
/// nobody until [Entry#put]. So a value of any size streams into the engine's own memory.
///
/// Threads: confined to its session, but may stay in use over many loop turns. Errors: more bytes
/// than are [#missingBytes] is an `AssertionError`.
public interface Draft {

  boolean inUse();

  /// The whole value's length, as reserved.
  int valueBytes();

  /// As reserved: server seconds, 0 for never.
  int deadline();

  /// The storage partition it was reserved in, as [ItemHeader#slabClass].
  int slabClass();

  /// Bytes of the value that have not arrived yet.
  int missingBytes();

  /// Takes the next `bytes` bytes of the value. False when the engine ran out of memory on the way
  /// (values kept in chunks); the draft then only accepts [#discard].
  boolean append(MemorySegment source, long sourceOffset, int bytes);

  /// Appends all that this complete draft holds to `target`. False when memory ran out.
  boolean copyValueTo(Draft target);

  /// Sets bits of [ItemHeader#marks] that the item shall be born with.
  void marks(int set);

  /// Gives the memory back; nothing was ever visible.
  void discard();
}
