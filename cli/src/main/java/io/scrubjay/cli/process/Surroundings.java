package io.scrubjay.cli.process;

import java.net.InetSocketAddress;
import java.util.List;

/// The process around one server, step by step in memcached's order: [#prepare], the server's own
/// start, [#socketsAreOpen], [#ready], and in the end [#leave].
///
/// Errors: [ProcessFailure]. Threads: the one that starts the server; [#leave] any.
public final class Surroundings {
  private final ProcessSettings settings;
  private final long pid = ProcessHandle.current().pid();
  private volatile boolean pidFileIsOurs;

  public Surroundings(ProcessSettings settings) {
    this.settings = settings;
  }

  /// True when this process has only to start another in the background: see [#startDaemon].
  public boolean startsDaemon() {
    return settings.daemon() && !Daemon.started();
  }

  /// Returns this process's exit status when the other is ready or has failed.
  public int startDaemon() {
    return Daemon.start(!settings.coreDumps());
  }

  /// What must be before any socket is open.
  public void prepare(int connectionsMax) {
    if (settings.coreDumps()) {
      Limits.coreFiles();
    }
    Limits.openFiles(connectionsMax);
    if (settings.daemon()) {
      Daemon.leaveSession();
    }
    if (settings.lockMemory()) {
      Limits.lockMemory(settings.user() != null);
    }
    if (settings.user() != null) {
      Account.named(settings.user());
    }
  }

  /// Files that root may have to write, and then no more root, before the first client is let in.
  public void socketsAreOpen(List<InetSocketAddress> tcp, List<InetSocketAddress> udp) {
    boolean internet = !tcp.isEmpty() || !udp.isEmpty();
    if (settings.portFile() != null && internet) {
      PortFile.write(settings.portFile(), PortFile.text(tcp, udp));
    }
    if (settings.pidFile() != null) {
      pidFileIsOurs = true;
      PidFile.write(settings.pidFile(), pid);
    }
    if (settings.user() != null) {
      Account.named(settings.user()).become();
    }
  }

  /// Clients are answered from now on.
  public void ready(boolean verbose) {
    if (settings.notifySocket() != null) {
      ServiceReadiness.tell(settings.notifySocket(), "READY=1");
    }
    if (settings.daemon()) {
      Daemon.ready(verbose);
    }
  }

  /// SIGTERM and SIGINT, SIGUSR1, SIGHUP. False when the platform has no SIGUSR1.
  public static boolean onSignals(Runnable stop, Runnable stopGracefully, Runnable reload) {
    Signals.on("TERM", stop);
    Signals.on("INT", stop);
    Signals.on("HUP", reload);
    return Signals.on("USR1", stopGracefully);
  }

  /// The server has stopped, or will never have started: the pid file of another stays then.
  public void leave() {
    if (settings.pidFile() != null && settings.daemon() && pidFileIsOurs) {
      PidFile.remove(settings.pidFile());
    }
  }
}
