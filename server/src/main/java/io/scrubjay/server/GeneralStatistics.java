package io.scrubjay.server;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.stats.PrintOrder;
import io.scrubjay.server.stats.ProcessTimes;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.stats.Version;
import io.scrubjay.server.watch.Watchers;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Plain `stats`: the server's figures and the engine's, in memcached's order (spec 2.8.1). Figures
/// of features that are switched off or not there are left out, as memcached leaves them out.
///
/// Threads: any.
final class GeneralStatistics {
  /// What memcached reckons for a thread beside its connections.
  private static final int FDS_PER_THREAD = 5;

  private final ServerOptions options;
  private final ServerCounters counters;
  private final Watchers watchers;
  private final CacheClock clock;
  private final String eventLibrary;
  private final Supplier<ProcessTimes> times;
  private final @Nullable TlsCertificates tls;
  private final Set<Counter> hidden;

  GeneralStatistics(
      ServerOptions options,
      ServerCounters counters,
      Watchers watchers,
      CacheClock clock,
      String eventLibrary,
      Supplier<ProcessTimes> times,
      @Nullable TlsCertificates tls) {
    this.options = options;
    this.counters = counters;
    this.watchers = watchers;
    this.clock = clock;
    this.eventLibrary = eventLibrary;
    this.times = times;
    this.tls = tls;
    this.hidden = hidden(options, tls);
  }

  Map<String, String> page(Map<String, String> engine) {
    Map<String, String> page = new LinkedHashMap<>();
    process(page);
    connections(page);
    for (Counter counter : Counter.values()) {
      if (!hidden.contains(counter)) {
        put(page, counter.statName(), counters.sum(counter));
      }
    }
    // An engine that lets it be changed says so itself.
    put(page, "limit_maxbytes", options.memoryLimitBytes());
    put(page, "accepting_conns", counters.accepting() ? 1 : 0);
    put(page, "listen_disabled_num", counters.listenDisabledNum.get());
    put(page, "time_in_listen_disabled_us", counters.timeInListenDisabledMicros.get());
    put(page, "threads", options.threads());
    if (tls != null) {
      put(page, "time_since_server_cert_refresh", clock.now() - tls.refreshedAt());
    }
    watchers.figures().forEach(figure -> put(page, figure.name(), figure.value()));
    page.putAll(engine);
    return PrintOrder.general(page);
  }

  private void process(Map<String, String> page) {
    ProcessTimes used = times.get();
    put(page, "pid", ProcessHandle.current().pid());
    put(page, "uptime", clock.now() - CacheClock.SECONDS_AT_START);
    put(page, "time", clock.epochSecondsOf(clock.now()));
    page.put("version", Version.MEMCACHED);
    page.put("libevent", eventLibrary);
    put(page, "pointer_size", 64);
    page.put("rusage_user", used.user());
    page.put("rusage_system", used.system());
  }

  /// Those of features that are switched off.
  private static Set<Counter> hidden(ServerOptions options, @Nullable TlsCertificates tls) {
    Set<Counter> hidden = EnumSet.noneOf(Counter.class);
    if (options.connections().idleTimeoutSeconds() == 0) {
      hidden.add(Counter.IDLE_KICKS);
    }
    if (tls == null || !tls.keepsSessions()) {
      hidden.add(Counter.SSL_NEW_SESSIONS);
    }
    if (tls == null) {
      hidden.add(Counter.SSL_HANDSHAKE_ERRORS);
      hidden.add(Counter.SSL_PROTO_ERRORS);
    }
    return hidden;
  }

  private void connections(Map<String, String> page) {
    put(page, "max_connections", options.connections().connectionsMax());
    put(page, "curr_connections", counters.currConnections());
    put(page, "total_connections", counters.totalConnections.get());
    if (options.connections().maxconnsFast()) {
      put(page, "rejected_connections", counters.rejectedConnections.get());
    }
    put(page, "connection_structures", counters.connectionStructures.get());
    // Replies gather in each worker's turn output: there is no object per response to count.
    put(page, "response_obj_count", 0);
    put(page, "response_obj_bytes", 0);
    put(page, "read_buf_count", counters.inputBlocks.get());
    put(page, "read_buf_bytes", counters.inputBlockBytes.get());
    put(page, "read_buf_bytes_free", counters.inputBlockBytesFree.get());
    put(page, "reserved_fds", (long) options.threads() * FDS_PER_THREAD);
    // Workers take connections in turn, whatever queue of the network card they came by (-N).
    put(page, "unexpected_napi_ids", 0);
    put(page, "round_robin_fallback", 0);
  }

  private static void put(Map<String, String> page, String name, long value) {
    page.put(name, Long.toString(value));
  }
}
