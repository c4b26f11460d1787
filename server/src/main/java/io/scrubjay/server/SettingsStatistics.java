package io.scrubjay.server;

import io.scrubjay.server.options.ListenOptions.UnixSocket;
import io.scrubjay.server.options.TlsOptions;
import io.scrubjay.server.stats.PrefixStatistics;
import io.scrubjay.server.stats.PrintOrder;
import io.scrubjay.server.worker.ServerLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// `stats settings`, in memcached's order (spec 2.8.2).
///
/// Threads: any.
final class SettingsStatistics {
  /// See [io.scrubjay.server.udp.DatagramEndpoint].
  private static final int THREADS_PER_UDP = 1;

  private final ServerOptions options;
  private final int port;
  private final int udpPort;
  private final ServerLog log;
  private final PrefixStatistics prefixes;

  /// The ports are those bound, where the options may have asked for any; those of the options
  /// where none is.
  SettingsStatistics(
      ServerOptions options, int port, int udpPort, ServerLog log, PrefixStatistics prefixes) {
    this.options = options;
    this.port = port;
    this.udpPort = udpPort;
    this.log = log;
    this.prefixes = prefixes;
  }

  Map<String, String> page(Map<String, String> engine) {
    Map<String, String> page = new LinkedHashMap<>();
    page.put("maxbytes", Long.toString(options.memoryLimitBytes()));
    page.put("maxconns", Integer.toString(options.connections().connectionsMax()));
    page.put("tcpport", Integer.toString(port));
    page.put("udpport", Integer.toString(udpPort));
    page.put("inter", Objects.requireNonNullElse(options.listening().inter(), "NULL"));
    page.put("verbosity", Integer.toString(log.verbosity()));
    page.put("evictions", options.evictions() ? "on" : "off");
    UnixSocket unix = options.listening().unixSocket();
    page.put("domain_socket", unix == null ? "NULL" : unix.path());
    page.put("umask", Integer.toOctalString(options.listening().umask()));
    page.put("shutdown_command", yesNo(options.commands().shutdownCommand()));
    page.put("num_threads", Integer.toString(options.threads()));
    page.put("num_threads_per_udp", Integer.toString(THREADS_PER_UDP));
    page.put("stat_key_prefix", String.valueOf(options.stats().prefixDelimiter()));
    page.put("detail_enabled", yesNo(prefixes.enabled()));
    page.put("reqs_per_event", Integer.toString(options.connections().requestsPerEvent()));
    page.put("cas_enabled", yesNo(options.casEnabled()));
    page.put("tcp_backlog", Integer.toString(options.listening().backlog()));
    page.put("binding_protocol", options.protocol().settingsName());
    page.put("auth_enabled_sasl", yesNo(options.auth().sasl()));
    page.put("auth_enabled_ascii", Objects.requireNonNullElse(options.auth().authFile(), "no"));
    page.put("item_size_max", Integer.toString(options.itemBytesMax()));
    page.put("maxconns_fast", yesNo(options.connections().maxconnsFast()));
    page.put("flush_enabled", yesNo(options.commands().flushEnabled()));
    page.put("dump_enabled", yesNo(options.commands().dumpEnabled()));
    page.put("watcher_logbuf_size", Integer.toString(options.log().watcherLogbufBytes()));
    page.put("worker_logbuf_size", Integer.toString(options.log().workerLogbufBytes()));
    page.put("inline_ascii_response", "no");
    page.put("idle_timeout", Integer.toString(options.connections().idleTimeoutSeconds()));
    page.put("read_buf_mem_limit", Long.toString(options.connections().readBufMemLimitBytes()));
    tls(page);

    page.put("num_napi_ids", "(null)");
    page.put("client_flags_size", "4");
    page.putAll(engine);
    return PrintOrder.settings(page);
  }

  private void tls(Map<String, String> page) {
    TlsOptions tls = options.tls();
    page.put("ssl_enabled", yesNo(tls.enabled()));
    page.put("ssl_chain_cert", Objects.requireNonNullElse(tls.chainCert(), "(null)"));
    page.put("ssl_key", Objects.requireNonNullElse(tls.key(), "(null)"));
    page.put("ssl_verify_mode", Integer.toString(tls.openSslVerifyMode()));
    page.put("ssl_keyformat", Integer.toString(tls.keyFormat()));
    page.put("ssl_ciphers", Objects.requireNonNullElse(tls.ciphers(), "NULL"));
    page.put("ssl_ca_cert", Objects.requireNonNullElse(tls.caCert(), "NULL"));
    page.put("ssl_wbuf_size", Integer.toString(tls.wbufBytes()));
    page.put("ssl_session_cache", yesNo(tls.sessionCache()));
    page.put("ssl_kernel_tls", yesNo(tls.kernelTls()));
    page.put("ssl_min_version", "tlsv1." + tls.minVersion());
  }

  private static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }
}
