package io.scrubjay.engine;

/// What became of looking for a key.
public enum Lookup {
  HIT,
  MISS,
  /// There was an item, but its deadline has passed.
  EXPIRED,
  /// There was an item, but [Engine#invalidate] covers it.
  FLUSHED,
  /// Not known yet; repeat the call after the session's waiter ran.
  PENDING
}
