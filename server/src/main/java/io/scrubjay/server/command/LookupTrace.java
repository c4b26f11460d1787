package io.scrubjay.server.command;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;

/// Told of every lookup, and of CAS ids that were not an item's, while it wants to be. Threads:
/// any.
public interface LookupTrace {
  /// As cheap as a plain read.
  boolean traces();

  void lookedUp(Key key, Lookup lookup);

  /// A store asked for an item of CAS id `asked` and met `present`.
  void casDiffers(long present, long asked);
}
