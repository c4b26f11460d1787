package io.scrubjay.server.worker;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.watch.Watchers;

/// What all workers of a server share.
///
/// @param onClose run on the worker after a connection has closed
/// @param onError told of exceptions that are our own mistakes
public record WorkerSetting(
    int requestsPerEvent,
    CacheClock clock,
    ServerCounters counters,
    DialectChoice.Factory dialects,
    Watchers watchers,
    Runnable onClose,
    ServerLog log,
    Thread.UncaughtExceptionHandler onError) {}
