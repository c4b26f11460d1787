package io.scrubjay.server.worker;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.server.stats.ServerCounters;

/// What all workers of a server share.
///
/// @param onClose run on the worker after a connection has closed
/// @param onError told of exceptions that are our own mistakes
public record WorkerSetting(
    int requestsPerEvent,
    CacheClock clock,
    ServerCounters counters,
    DialectChoice.Factory dialects,
    Runnable onClose,
    ServerLog log,
    Thread.UncaughtExceptionHandler onError) {}
