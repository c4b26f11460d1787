package io.scrubjay.cli;

import io.scrubjay.server.BindingProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns memcached's command line into a [Launch]. Options are read in order and the first one that
/// is wrong decides; rules that join several options are looked at after the last one.
///
/// Every message is memcached's own where memcached has one. Source: the behaviour of 1.6.45.
final class CommandLine {
  private static final int ITEM_BYTES_MIN = 1024;
  private static final int ITEM_BYTES_MAX = 1 << 30;

  private final Host host;
  private final Settings settings = new Settings();

  private CommandLine(Host host) {
    this.host = host;
  }

  /// A pure function of its arguments: it prints nothing, opens nothing and starts nothing.
  static Launch parse(List<String> arguments, Host host) {
    return new CommandLine(host).parse(new Getopt(arguments));
  }

  private Launch parse(Getopt getopt) {
    for (Getopt.Token token = getopt.next(); token != null; token = getopt.next()) {
      Launch.Exit exit =
          switch (token) {
            case Getopt.Bad bad ->
                settings.refuse(Launch.FAILURE, bad.message(), "Illegal argument \"?\"");
            case Getopt.Option option -> apply(option.flag(), option.argument());
          };
      if (exit != null) {
        return exit;
      }
    }
    Launch.Exit exit = conflict();
    return exit != null ? exit : run();
  }

  private Launch.@Nullable Exit apply(Flag flag, String rawArgument) {
    String argument = rawArgument.substring(LooseNumber.skipSpace(rawArgument));
    switch (flag) {
      case PORT -> {
        settings.port = LooseNumber.integer(argument);
        settings.portGiven = true;
      }
      case LISTEN -> settings.listen.add(argument);
      case MEMORY_LIMIT -> settings.memoryMebibytes = LooseNumber.integer(argument);
      case DISABLE_EVICTIONS -> settings.server.evictions(false);
      case DISABLE_CAS -> settings.server.casEnabled(false);
      case VERBOSE -> settings.verbosity++;
      case LISTEN_BACKLOG -> settings.server.backlog(LooseNumber.integer(argument));
      case MAX_ITEM_SIZE -> settings.itemBytesMax = bytes(argument);
      case USER -> settings.user = argument;
      case CONN_LIMIT, THREADS, MAX_REQS_PER_EVENT, SLAB_MIN_SIZE, GROWTH_FACTOR -> {
        return applyPositive(flag, argument);
      }
      case UDP_PORT -> settings.udpPort = LooseNumber.integer(argument);
      case PROTOCOL -> {
        return applyProtocol(argument);
      }
      case EXTENDED -> {
        return ExtendedSettings.apply(rawArgument, settings);
      }
      case HELP -> {
        return new Launch.Exit(Launch.SUCCESS, HelpText.all(), "");
      }
      case VERSION -> {
        return new Launch.Exit(Launch.SUCCESS, Version.LINE + "\n", "");
      }
      case LICENSE -> {
        return new Launch.Exit(Launch.SUCCESS, HelpText.LICENSE, "");
      }
      case UNIX_MASK,
          ENABLE_SHUTDOWN,
          ENABLE_SSL,
          UNIX_SOCKET,
          LOCK_MEMORY,
          ENABLE_COREDUMPS,
          MEMORY_FILE,
          PIDFILE,
          DAEMON,
          STATS_DELIMITER,
          ENABLE_LARGEPAGES,
          ENABLE_SASL,
          DISABLE_FLUSH_ALL,
          DISABLE_DUMPING,
          DISABLE_WATCH,
          AUTH_FILE,
          NAPI_IDS -> {
        return unavailable(flag);
      }
    }
    return null;
  }

  private Launch.@Nullable Exit applyProtocol(String argument) {
    for (BindingProtocol protocol : BindingProtocol.values()) {
      if (protocol.optionName().equals(argument)) {
        settings.server.protocol(protocol);
        return null;
      }
    }
    return settings.refuse(
        Launch.USAGE,
        "Invalid value for binding protocol: " + argument,
        " -- should be one of auto, binary, or ascii");
  }

  private Launch.@Nullable Exit applyPositive(Flag flag, String argument) {
    int number = LooseNumber.integer(argument);
    if (flag == Flag.GROWTH_FACTOR) {
      double factor = LooseNumber.decimal(argument);
      settings.engine.put("growth_factor", Double.toString(factor));
      return factor > 1 ? null : settings.refuse("Factor must be greater than 1");
    }
    if (flag == Flag.CONN_LIMIT) {
      settings.connectionsMax = number;
      return number > 0 ? null : settings.refuse("Maximum connections must be greater than 0");
    }
    if (flag == Flag.MAX_REQS_PER_EVENT) {
      settings.server.requestsPerEvent(number);
      return number > 0
          ? null
          : settings.refuse("Number of requests per event must be greater than 0");
    }
    if (flag == Flag.SLAB_MIN_SIZE) {
      settings.engine.put("chunk_size", Integer.toString(number));
      return number > 0 ? null : settings.refuse("Chunk size must be greater than 0");
    }
    settings.threads = number;
    if (number > 64) {
      settings.notices.add(
          "WARNING: Setting a high number of workerthreads is not recommended.\n"
              + " Set this value to the number of cores in your machine or less.");
    }
    return number > 0 ? null : settings.refuse("Number of threads must be greater than 0");
  }

  private Launch.Exit unavailable(Flag flag) {
    String longName = flag.longName.isEmpty() ? "" : " (--" + flag.longName + ")";
    return settings.refuse(
        Launch.FAILURE, "-" + flag.letter + longName + " is not available in this version");
  }

  /// `-I`: a number of bytes, or of KiB or MiB where `k` or `m` is its last character.
  private static long bytes(String argument) {
    char unit = argument.isEmpty() ? ' ' : argument.charAt(argument.length() - 1);
    long number = LooseNumber.integer(argument);
    return switch (unit) {
      case 'k', 'K' -> number << 10;
      case 'm', 'M' -> number << 20;
      default -> number;
    };
  }

  /// The first rule among several options that is broken, or null.
  private Launch.@Nullable Exit conflict() {
    long memoryBytes = settings.memoryMebibytes << 20;
    if (settings.udpPort != 0 && !settings.portGiven) {
      settings.port = settings.udpPort;
    }
    if (settings.udpPort > 65_535 || settings.udpPort < -1) {
      return settings.refuse(Launch.USAGE, "ERROR: Invalid port number " + settings.udpPort + ".");
    }
    long itemBytes = settings.itemBytesMax;
    if (settings.port > 65_535) {
      return settings.refuse(Launch.USAGE, "ERROR: Invalid port number " + settings.port + ".");
    }
    if (itemBytes < ITEM_BYTES_MIN) {
      return settings.refuse(Launch.USAGE, "Item max size cannot be less than 1024 bytes.");
    }
    if (settings.memoryMebibytes < 0) {
      return settings.refuse(Launch.USAGE, "Memory limit cannot be less than 0.");
    }
    if (itemBytes > memoryBytes / 2) {
      return settings.refuse(
          Launch.USAGE, "Cannot set item size limit higher than 1/2 of memory max.");
    }
    if (itemBytes > ITEM_BYTES_MAX) {
      return settings.refuse(Launch.USAGE, "Cannot set item size limit higher than a gigabyte.");
    }
    Launch.Exit exit = ExtendedSettings.conflict(settings, itemBytes);
    if (exit == null) {
      exit = user();
    }
    return exit;
  }

  private Launch.@Nullable Exit user() {
    String user = settings.user;
    if (user == null) {
      if (host.root()) {
        settings.notices.add(
            "warning: running as root; -u NAME to run as another user comes later");
      }
      return null;
    }
    if (host.root() && !host.userExists(user)) {
      return settings.refuse(Launch.NO_USER, "can't find the user " + user + " to switch to");
    }
    if (!user.equals(host.userName())) {
      settings.notices.add(
          "warning: -u is not available in this version; still running as " + host.userName());
    }
    return null;
  }

  private Launch run() {
    boolean listenGiven = !settings.listen.isEmpty();
    String given = String.join(",", settings.listen);
    ListenList list = ListenList.parse(listenGiven ? given : "127.0.0.1", settings.port, host);
    String failure =
        listenGiven
            ? "failed to listen on one of interface(s) " + given + ": "
            : "failed to listen on TCP port " + settings.port + ": ";
    String udpFailure =
        listenGiven ? failure : "failed to listen on UDP port " + settings.udpPort + ": ";
    if (list instanceof ListenList.Refused refused) {
      return settings.refuse(refused.status(), refused.message(failure));
    }
    var listen = (ListenList.Addresses) list;
    if (settings.udpPort != 0) {
      // An element that names a port names it for UDP too.
      switch (ListenList.parse(listenGiven ? given : "127.0.0.1", settings.udpPort, host)) {
        case ListenList.Refused refused -> {
          return settings.refuse(refused.status(), refused.message(failure));
        }
        case ListenList.Addresses udp -> settings.server.udpPort(udp.port() == 0 ? -1 : udp.port());
      }
    }
    if (listen.hosts().size() + 5L * settings.threads >= settings.connectionsMax - 1L) {
      return settings.refuse("Maxconns setting is too low, use -c to increase.");
    }
    if (!listenGiven) {
      settings.notices.add("listening on loopback only; -l 0.0.0.0 listens on every IPv4 address");
    }
    return new Launch.Run(settings.options(listen), settings.notices, failure, udpFailure);
  }
}
