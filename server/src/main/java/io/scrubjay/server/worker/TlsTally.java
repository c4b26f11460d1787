package io.scrubjay.server.worker;

import io.scrubjay.net.tls.TlsEvents;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.stats.WorkerCounters;

/// Counts what happens to a worker's TLS connections.
final class TlsTally implements TlsEvents {
  private final WorkerCounters counters;
  private final ServerLog log;

  TlsTally(WorkerCounters counters, ServerLog log) {
    this.counters = counters;
    this.log = log;
  }

  @Override
  public void established(boolean resumed) {
    if (!resumed) {
      counters.add(Counter.SSL_NEW_SESSIONS);
    }
  }

  @Override
  public void handshakeFailed(String reason) {
    counters.add(Counter.SSL_HANDSHAKE_ERRORS);
    if (log.verbosity() > 0) {
      log.line("TLS handshake failed: " + reason);
    }
  }

  @Override
  public void protocolFailed(String reason) {
    counters.add(Counter.SSL_PROTO_ERRORS);
    if (log.verbosity() > 0) {
      log.line("TLS failed: " + reason);
    }
  }
}
