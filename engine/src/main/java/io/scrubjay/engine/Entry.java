package io.scrubjay.engine;

import java.lang.foreign.MemorySegment;

/// Exclusive hold of one key, present or not: the place where read-modify-write verbs are composed.
///
/// Threads: confined to its session; other sessions asking for the same key wait, so hold it for
/// microseconds and never across a loop turn. Errors: calls that need a present item are an
/// `AssertionError` without one.
public interface Entry extends AutoCloseable {

  /// [Lookup#HIT] when an item is present, otherwise why not. [Lookup#PENDING]: nothing is held;
  /// close, and repeat after the session's waiter ran.
  Lookup lookup();

  /// The present item's header as of now; kept current by the changes made through this entry.
  ItemHeader item();

  /// Copies `bytes` of the present value, from `valueOffset` on, to `target` at `targetOffset`.
  void copyValue(int valueOffset, MemorySegment target, long targetOffset, int bytes);

  /// Appends the whole present value to `draft`. False when memory ran out on the way.
  boolean copyValueTo(Draft draft);

  /// Replaces the present value, in place, by as many bytes at `source`, and gives the item `cas`
  /// (0: the next one). False, with nothing changed, when someone has the item pinned or its memory
  /// can't be rewritten in place; `bytes` other than the present length is an `AssertionError`.
  boolean overwrite(MemorySegment source, long sourceOffset, int bytes, long cas);

  /// Publishes the filled `draft` as the item of this key, replacing what is there, and gives it
  /// `cas` (0: the next one). The draft is free for use afterwards. Returns the CAS id given, 0
  /// when the engine keeps none.
  long put(Draft draft, long cas);

  /// Removes the present item; a pinned one lives on unseen until its last pin is released.
  void remove();

  /// Sets the present item's deadline, in server seconds, 0 for never.
  void deadline(int deadline);

  /// Records an access, as [Session#read] with `bump` does.
  void bump();

  /// Makes now the time of the last access, for a write that leaves the item there: other than a
  /// read it counts each time (in a flat LRU once a minute), and never as a fetch.
  void renew();

  /// Sets and clears bits of [ItemHeader#marks] on the present item; [ItemHeader#FETCHED] is
  /// [#bump]'s alone.
  void marks(int set, int clear);

  /// Gives the present item another CAS id without touching its value. 0: the next one.
  void cas(long cas);

  /// Pins the present value for a slow reader. False when the item has as many pins as it can
  /// count.
  boolean pin(Pin pin);

  @Override
  void close();
}
