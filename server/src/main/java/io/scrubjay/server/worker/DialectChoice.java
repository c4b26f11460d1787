package io.scrubjay.server.worker;

import java.lang.foreign.MemorySegment;

/// Decides, once per connection and by its first byte, which protocol a client speaks.
public interface DialectChoice {

  Dialect choose(MemorySegment input, long from);

  /// Makes a worker's dialects.
  interface Factory {
    DialectChoice forWorker(Worker worker);
  }
}
