package io.scrubjay.server.worker;

import io.scrubjay.server.options.Listener;
import java.lang.foreign.MemorySegment;

/// Decides, once per connection, which protocol a client speaks: by what its listener says, or its
/// first byte.
public interface DialectChoice {

  Dialect choose(Listener listener, MemorySegment input, long from);

  /// Makes a worker's dialects.
  interface Factory {
    DialectChoice forWorker(Worker worker);
  }
}
