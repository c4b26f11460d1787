package io.scrubjay.server.worker;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.ConnectionOptions;
import io.scrubjay.server.stats.PrefixStatistics;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.watch.Watchers;
import org.jspecify.annotations.Nullable;

/// What all workers of a server share.
///
/// @param carriesCas false for `-C`
/// @param blockBytesMax a worker's share of `read_buf_mem_limit`; 0: no limit
/// @param farewellsMax a worker's share of [ConnectionOptions#LINGERING_MAX]
/// @param protocol where a listener names none
/// @param tls null: none
/// @param onClose run on the worker after a connection has closed, or its socket later
/// @param onError told of exceptions that are our own mistakes
public record WorkerSetting(
    int requestsPerEvent,
    long blockBytesMax,
    int farewellsMax,
    CacheClock clock,
    boolean carriesCas,
    ServerCounters counters,
    BindingProtocol protocol,
    DialectChoice.Factory dialects,
    Watchers watchers,
    PrefixStatistics prefixes,
    ConnectionRoster roster,
    @Nullable TlsSetting tls,
    Runnable onClose,
    ServerLog log,
    Thread.UncaughtExceptionHandler onError) {}
