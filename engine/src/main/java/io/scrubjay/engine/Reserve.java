package io.scrubjay.engine;

/// What became of asking for an item's memory.
public enum Reserve {
  RESERVED,
  /// The item would exceed the item size limit, whatever else is stored.
  TOO_LARGE,
  /// No memory now: nothing could be evicted, or eviction is off.
  OUT_OF_MEMORY
}
