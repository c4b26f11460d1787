package io.scrubjay.cli;

import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.ListenOptions.UnixSocket;
import io.scrubjay.server.options.Listener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where all of the command line together says to listen: on sockets that systemd hands down, on a
/// unix socket, or by TCP and UDP on the addresses of `-l`; without `-l`, on loopback.
final class ListenPlan {
  private static final String LOOPBACK = "127.0.0.1";

  private final Settings settings;
  private final Host host;
  private final @Nullable String given;
  private List<Listener> tcp = List.of();
  private List<Listener> udp = List.of();

  private ListenPlan(Settings settings, Host host) {
    this.settings = settings;
    this.host = host;
    this.given = settings.listen.isEmpty() ? null : String.join(",", settings.listen);
  }

  /// Puts the plan into `settings`; null, or the end that a mistake in it asks for.
  static Launch.@Nullable Exit make(Settings settings, Host host) {
    return new ListenPlan(settings, host).make();
  }

  private Launch.@Nullable Exit make() {
    List<Integer> inherited = host.inheritedSockets();
    boolean network = settings.unixSocket == null && inherited.isEmpty();
    Launch.Exit exit = network ? addresses() : null;
    if (exit != null) {
      return exit;
    }
    int sockets = Math.max(1, tcp.size() + udp.size());
    if (sockets + 5L * settings.threads >= settings.connectionsMax - 1L) {
      return settings.refuse("Maxconns setting is too low, use -c to increase.");
    }
    if (network && given == null) {
      settings.notices.add("listening on loopback only; -l 0.0.0.0 listens on every IPv4 address");
    }
    settings.server.listening(
        new ListenOptions(
            tcp,
            udp,
            settings.unixSocket == null
                ? null
                : new UnixSocket(settings.unixSocket, settings.unixMode),
            inherited,
            settings.backlog,
            given,
            settings.port,
            settings.udpPort,
            settings.unixMode));
    return null;
  }

  private Launch.@Nullable Exit addresses() {
    if (settings.port == 0 && settings.udpPort == 0) {
      return settings.refuse(
          "port 0 turns TCP off, and there is nothing else to listen on;"
              + " -p -1 picks a free port");
    }
    Launch.Exit exit = null;
    if (settings.port != 0) {
      ListenList list = list(settings.port);
      if (list instanceof ListenList.Listeners listeners) {
        tcp = told(listeners);
      } else if (list instanceof ListenList.Refused wrong) {
        exit = exit(wrong, "TCP", settings.port);
      }
    }
    if (settings.udpPort != 0 && exit == null) {
      ListenList list = list(settings.udpPort);
      if (list instanceof ListenList.Listeners listeners) {
        // What there is to say of the list was said of TCP.
        udp = tcp.isEmpty() ? told(listeners) : listeners.listeners();
      } else if (list instanceof ListenList.Refused wrong) {
        exit = exit(wrong, "UDP", settings.udpPort);
      }
    }
    return exit;
  }

  private ListenList list(int port) {
    return ListenList.parse(given == null ? LOOPBACK : given, port, settings, host);
  }

  private List<Listener> told(ListenList.Listeners list) {
    settings.notices.addAll(list.warnings());
    return list.listeners();
  }

  private Launch.Exit exit(ListenList.Refused wrong, String transport, int port) {
    String failure =
        given == null
            ? "failed to listen on " + transport + " port " + port
            : "failed to listen on one of interface(s) " + given;
    return settings.refuse(Launch.OS_ERROR, wrong.detail(), failure + ": Invalid argument");
  }
}
