package io.scrubjay.server.command;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;

/// Told of every lookup, while it wants to be. Threads: any.
public interface LookupTrace {
  /// As cheap as a plain read.
  boolean traces();

  void lookedUp(Key key, Lookup lookup);
}
