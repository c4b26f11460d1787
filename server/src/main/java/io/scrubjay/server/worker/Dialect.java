package io.scrubjay.server.worker;

import java.lang.foreign.MemorySegment;

/// One protocol as a worker speaks it: decodes a request, runs the verb, encodes the reply into the
/// worker's turn output. One instance per worker, shared by its connections; whatever must survive
/// between steps is kept in the [Connection].
public interface Dialect {
  /// No reply that is written without asking for room first is longer.
  int REPLY_BYTES_MAX = 2048;

  /// Serves the request that begins at `from`. At least [#REPLY_BYTES_MAX] bytes of room are there
  /// for its reply.
  Step serve(Connection connection, MemorySegment input, long from, long to);

  /// The upload that the connection carries is complete (its value, and what ends it): store it and
  /// reply. [Step#SERVED], [Step#ENGINE_PENDING] (asked again later) or [Step#CLOSE].
  Step uploaded(Connection connection, Upload upload);

  /// A request that is answered by nothing still makes a response, an empty one: in datagrams the
  /// client sees it.
  boolean silenceIsAResponse();
}
