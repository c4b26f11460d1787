package io.scrubjay.cli;

import io.scrubjay.cli.process.ProcessSettings;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.ListenOptions.UnixSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the options read so far add up to. What one option alone decides goes straight into
/// `server`; what a later rule looks at again is kept here with memcached's default.
///
/// Threads: one at a time; lives as long as one parse.
final class Settings {
  final ServerOptions.Builder server = ServerOptions.builder();

  int port = 11_211;
  boolean portGiven;

  /// `-U`: 0 is off, -1 picks a free one.
  int udpPort;

  /// The arguments of each `-l`, in order.
  final List<String> listen = new ArrayList<>();

  int backlog = 1024;

  long memoryMebibytes = 64;
  int connectionsMax = 1024;
  int threads = 4;
  int verbosity;
  long itemBytesMax = 1 << 20;
  long slabChunkBytesMax = 512 << 10;

  /// `-o hashpower`, or 0 when not given.
  int hashPower;

  /// `-N`, or 0 when not given.
  int napiIds;

  /// Null without `-s`.
  @Nullable String unixSocket;

  int unixMode = UnixSocket.MODE_DEFAULT;

  /// Null without `-B`.
  @Nullable BindingProtocol protocol;

  /// Null without `-Y`.
  @Nullable String authFile;

  boolean sasl;
  final TlsSettings tls = new TlsSettings();

  boolean daemon;
  boolean lockMemory;
  boolean coreDumps;

  /// Null without `-P`.
  @Nullable String pidFile;

  /// Null without `-u`.
  @Nullable String user;

  /// For the engine, under `stats settings` names; holds only what the command line says.
  final Map<String, String> engine = new HashMap<>();

  /// Warnings, each without its last line end.
  final List<String> notices = new ArrayList<>();

  /// An end with memcached's general status.
  Launch.Exit refuse(String line) {
    return refuse(Launch.FAILURE, line);
  }

  /// An end whose stderr holds the warnings so far and then `lines`.
  Launch.Exit refuse(int status, String... lines) {
    var err = new StringBuilder();
    notices.forEach(notice -> err.append(notice).append('\n'));
    for (String line : lines) {
      err.append(line).append('\n');
    }
    return new Launch.Exit(status, "", err.toString());
  }

  ServerOptions options() {
    return server
        .memoryLimitBytes(memoryMebibytes << 20)
        .connectionsMax(connectionsMax)
        .threads(threads)
        .itemBytesMax((int) itemBytesMax)
        .authFile(authFile)
        .sasl(sasl)
        .tls(tls.options())
        .protocol(protocol())
        .verbosity(verbosity)
        .engineSettings(engine)
        .build();
  }

  /// Authentication comes with one protocol.
  private BindingProtocol protocol() {
    if (sasl) {
      return BindingProtocol.BINARY;
    }
    if (authFile != null) {
      return BindingProtocol.ASCII;
    }
    return protocol == null ? BindingProtocol.AUTO : protocol;
  }

  /// @param user whom to become, or null
  ProcessSettings process(@Nullable String user, Map<String, String> environment) {
    return new ProcessSettings(
        daemon,
        pidFile,
        environment.get("MEMCACHED_PORT_FILENAME"),
        environment.get("NOTIFY_SOCKET"),
        user,
        lockMemory,
        coreDumps);
  }
}
