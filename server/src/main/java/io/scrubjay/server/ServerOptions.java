package io.scrubjay.server;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.server.options.AuthOptions;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.CommandOptions;
import io.scrubjay.server.options.ConnectionOptions;
import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.LogOptions;
import io.scrubjay.server.options.Require;
import io.scrubjay.server.options.StatOptions;
import io.scrubjay.server.options.TlsOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything a server is told before it starts. Immutable; made by [#builder], which has
/// memcached's defaults except that it listens on loopback, as the command line does.
///
/// @param auth who may use the server
/// @param protocol `-B`
/// @param threads `-t`, workers
/// @param memoryLimitBytes `-m`
/// @param itemBytesMax `-I`
/// @param evictions false for `-M`
/// @param casEnabled false for `-C`
/// @param poller `epoll`, `nio`, or empty for the best there is
/// @param engine name of the storage engine
/// @param engineSettings the engine's own settings under their `stats settings` names, with `yes`
///   and `no` for booleans; `slab` refuses one that it doesn't know
/// @param database where a client's commands go that neither its user nor its listener sends
///   elsewhere
/// @param clock null: the system's time; a test passes its own
public record ServerOptions(
    ListenOptions listening,
    ConnectionOptions connections,
    CommandOptions commands,
    StatOptions stats,
    LogOptions log,
    AuthOptions auth,
    TlsOptions tls,
    BindingProtocol protocol,
    int threads,
    long memoryLimitBytes,
    int itemBytesMax,
    boolean evictions,
    boolean casEnabled,
    String poller,
    String engine,
    Map<String, String> engineSettings,
    String database,
    @Nullable CacheClock clock) {

  public ServerOptions {
    engineSettings = Map.copyOf(engineSettings);
    Require.that(memoryLimitBytes > 0, "memoryLimitBytes", memoryLimitBytes, "more than 0");
    Require.that(threads > 0, "threads", threads, "more than 0");
    Require.that(itemBytesMax >= 1024, "itemBytesMax", itemBytesMax, "at least 1024");
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects options, each under its own name; every method returns the builder.
  public static final class Builder {
    private List<String> listen = List.of("127.0.0.1");
    private int port = 11_211;
    private int udpPort;
    private @Nullable ListenOptions listening;
    private int backlog = 1024;
    private int connectionsMax = 1024;
    private boolean maxconnsFast = true;
    private int requestsPerEvent = 20;
    private int idleTimeoutSeconds;
    private long readBufMemLimitBytes;
    private boolean flushEnabled = true;
    private boolean dumpEnabled = true;
    private boolean watchEnabled = true;
    private boolean shutdownCommand;
    private boolean debugCommands;
    private boolean extensions;
    private char statPrefixDelimiter = ':';
    private boolean detailEnabled;
    private int verbosity;
    private int watcherLogbufBytes = LogOptions.WATCHER_LOGBUF_BYTES_DEFAULT;
    private int workerLogbufBytes = LogOptions.WORKER_LOGBUF_BYTES_DEFAULT;
    private @Nullable String authFile;
    private boolean sasl;
    private @Nullable String saslPasswordFile;
    private TlsOptions tls = TlsOptions.DEFAULTS;
    private BindingProtocol protocol = BindingProtocol.AUTO;
    private int threads = 4;
    private long memoryLimitBytes = 64L << 20;
    private int itemBytesMax = 1 << 20;
    private boolean evictions = true;
    private boolean casEnabled = true;
    private String poller = "";
    private String engine = "slab";
    private Map<String, String> engineSettings = Map.of();
    private String database = Engine.DEFAULT_DATABASE;
    private @Nullable CacheClock clock;

    private Builder() {}

    public Builder listen(List<String> value) {
      listen = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder udpPort(int value) {
      udpPort = value;
      return this;
    }

    /// In place of `listen`, `port`, `udpPort` and `backlog`.
    public Builder listening(ListenOptions value) {
      listening = value;
      return this;
    }

    public Builder backlog(int value) {
      backlog = value;
      return this;
    }

    public Builder connectionsMax(int value) {
      connectionsMax = value;
      return this;
    }

    public Builder maxconnsFast(boolean value) {
      maxconnsFast = value;
      return this;
    }

    public Builder requestsPerEvent(int value) {
      requestsPerEvent = value;
      return this;
    }

    public Builder idleTimeoutSeconds(int value) {
      idleTimeoutSeconds = value;
      return this;
    }

    public Builder readBufMemLimitBytes(long value) {
      readBufMemLimitBytes = value;
      return this;
    }

    public Builder flushEnabled(boolean value) {
      flushEnabled = value;
      return this;
    }

    public Builder dumpEnabled(boolean value) {
      dumpEnabled = value;
      return this;
    }

    public Builder watchEnabled(boolean value) {
      watchEnabled = value;
      return this;
    }

    public Builder shutdownCommand(boolean value) {
      shutdownCommand = value;
      return this;
    }

    public Builder debugCommands(boolean value) {
      debugCommands = value;
      return this;
    }

    public Builder extensions(boolean value) {
      extensions = value;
      return this;
    }

    public Builder statPrefixDelimiter(char value) {
      statPrefixDelimiter = value;
      return this;
    }

    public Builder detailEnabled(boolean value) {
      detailEnabled = value;
      return this;
    }

    public Builder verbosity(int value) {
      verbosity = value;
      return this;
    }

    public Builder watcherLogbufBytes(int value) {
      watcherLogbufBytes = value;
      return this;
    }

    public Builder workerLogbufBytes(int value) {
      workerLogbufBytes = value;
      return this;
    }

    public Builder authFile(@Nullable String value) {
      authFile = value;
      return this;
    }

    public Builder sasl(boolean value) {
      sasl = value;
      return this;
    }

    public Builder saslPasswordFile(@Nullable String value) {
      saslPasswordFile = value;
      return this;
    }

    public Builder tls(TlsOptions value) {
      tls = value;
      return this;
    }

    public Builder protocol(BindingProtocol value) {
      protocol = value;
      return this;
    }

    public Builder threads(int value) {
      threads = value;
      return this;
    }

    public Builder memoryLimitBytes(long value) {
      memoryLimitBytes = value;
      return this;
    }

    public Builder itemBytesMax(int value) {
      itemBytesMax = value;
      return this;
    }

    public Builder evictions(boolean value) {
      evictions = value;
      return this;
    }

    public Builder casEnabled(boolean value) {
      casEnabled = value;
      return this;
    }

    public Builder poller(String value) {
      poller = value;
      return this;
    }

    public Builder engine(String value) {
      engine = value;
      return this;
    }

    public Builder engineSettings(Map<String, String> value) {
      engineSettings = value;
      return this;
    }

    public Builder database(String value) {
      database = value;
      return this;
    }

    public Builder clock(CacheClock value) {
      clock = value;
      return this;
    }

    public ServerOptions build() {
      return new ServerOptions(
          listening == null ? ListenOptions.on(listen, port, udpPort, backlog) : listening,
          new ConnectionOptions(
              connectionsMax,
              maxconnsFast,
              requestsPerEvent,
              idleTimeoutSeconds,
              readBufMemLimitBytes),
          new CommandOptions(
              flushEnabled, dumpEnabled, watchEnabled, shutdownCommand, debugCommands, extensions),
          new StatOptions(statPrefixDelimiter, detailEnabled),
          new LogOptions(verbosity, watcherLogbufBytes, workerLogbufBytes),
          new AuthOptions(authFile, sasl, saslPasswordFile),
          tls,
          protocol,
          threads,
          memoryLimitBytes,
          itemBytesMax,
          evictions,
          casEnabled,
          poller,
          engine,
          engineSettings,
          database,
          clock);
    }
  }
}
