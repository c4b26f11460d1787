package io.scrubjay.server;

import io.scrubjay.engine.CacheClock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything a server is told before it starts. Immutable; made by [#builder], which has
/// memcached's defaults except that it listens on loopback, as the command line does.
///
/// @param listen host names or addresses, each bound on `port`
/// @param port TCP port; 0 picks a free one
/// @param udpPort `-U`, bound on the same hosts; 0: no UDP, -1 picks a free one
/// @param memoryLimitBytes `-m`
/// @param connectionsMax `-c`
/// @param threads `-t`, workers
/// @param requestsPerEvent `-R`
/// @param backlog `-b`
/// @param itemBytesMax `-I`
/// @param evictions false for `-M`
/// @param casEnabled false for `-C`
/// @param maxconnsFast refuse at the limit with a line; otherwise stop accepting
/// @param verbosity `-v` count
/// @param protocol `-B`
/// @param poller `epoll`, `nio`, or empty for the best there is
/// @param engine name of the storage engine
/// @param engineSettings the engine's own settings under their `stats settings` names
///   (`growth_factor`, `chunk_size`, `slab_chunk_max`, `hashpower_init`)
/// @param clock null: the system's time; a test passes its own
public record ServerOptions(
    List<String> listen,
    int port,
    int udpPort,
    long memoryLimitBytes,
    int connectionsMax,
    int threads,
    int requestsPerEvent,
    int backlog,
    int itemBytesMax,
    boolean evictions,
    boolean casEnabled,
    boolean maxconnsFast,
    int verbosity,
    BindingProtocol protocol,
    String poller,
    String engine,
    Map<String, String> engineSettings,
    @Nullable CacheClock clock) {

  public ServerOptions {
    listen = List.copyOf(listen);
    engineSettings = Map.copyOf(engineSettings);
    require(!listen.isEmpty(), "listen", listen, "at least one address");
    require(port >= 0 && port <= 65_535, "port", port, "0..65535 (0 picks a free port)");
    require(
        udpPort >= -1 && udpPort <= 65_535,
        "udpPort",
        udpPort,
        "-1..65535 (0 is off, -1 picks a free port)");
    require(memoryLimitBytes > 0, "memoryLimitBytes", memoryLimitBytes, "more than 0");
    require(connectionsMax > 0, "connectionsMax", connectionsMax, "more than 0");
    require(threads > 0, "threads", threads, "more than 0");
    require(requestsPerEvent > 0, "requestsPerEvent", requestsPerEvent, "more than 0");
    require(itemBytesMax >= 1024, "itemBytesMax", itemBytesMax, "at least 1024");
  }

  private static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", must be " + rule);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects options; every method returns the builder.
  public static final class Builder {
    private List<String> listen = List.of("127.0.0.1");
    private int port = 11_211;
    private int udpPort;
    private long memoryLimitBytes = 64L << 20;
    private int connectionsMax = 1024;
    private int threads = 4;
    private int requestsPerEvent = 20;
    private int backlog = 1024;
    private int itemBytesMax = 1 << 20;
    private boolean evictions = true;
    private boolean casEnabled = true;
    private boolean maxconnsFast = true;
    private int verbosity;
    private BindingProtocol protocol = BindingProtocol.AUTO;
    private String poller = "";
    private String engine = "slab";
    private Map<String, String> engineSettings = Map.of();
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

    public Builder memoryLimitBytes(long value) {
      memoryLimitBytes = value;
      return this;
    }

    public Builder connectionsMax(int value) {
      connectionsMax = value;
      return this;
    }

    public Builder threads(int value) {
      threads = value;
      return this;
    }

    public Builder requestsPerEvent(int value) {
      requestsPerEvent = value;
      return this;
    }

    public Builder backlog(int value) {
      backlog = value;
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

    public Builder maxconnsFast(boolean value) {
      maxconnsFast = value;
      return this;
    }

    public Builder verbosity(int value) {
      verbosity = value;
      return this;
    }

    public Builder protocol(BindingProtocol value) {
      protocol = value;
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

    public Builder clock(CacheClock value) {
      clock = value;
      return this;
    }

    public ServerOptions build() {
      return new ServerOptions(
          listen,
          port,
          udpPort,
          memoryLimitBytes,
          connectionsMax,
          threads,
          requestsPerEvent,
          backlog,
          itemBytesMax,
          evictions,
          casEnabled,
          maxconnsFast,
          verbosity,
          protocol,
          poller,
          engine,
          engineSettings,
          clock);
    }
  }
}
