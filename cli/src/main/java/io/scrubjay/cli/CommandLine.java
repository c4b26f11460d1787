package io.scrubjay.cli;

import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.BindingProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns memcached's command line into a [Launch]. Options are read in order and the first one that
/// is wrong decides; rules that join several options are looked at after the last one.
///
/// Every message is memcached's own where memcached has one. Source: the behaviour of 1.6.45.
final class CommandLine {
  private static final String SASL_PASSWORD_FILE = "MEMCACHED_SASL_PWDB";

  /// Bytes that count as taken before the first page is, for tests of limits that no machine of
  /// theirs has the memory for (spec 1.4).
  private static final String INITIAL_MALLOC = "T_MEMD_INITIAL_MALLOC";

  private static final int UNIX_MODE_BITS = 0777;

  private final Host host;
  private final Settings settings = new Settings();

  private CommandLine(Host host) {
    this.host = host;
  }

  /// A function of its arguments: it prints nothing, starts nothing, and opens a config file only.
  /// The file is read first, then the environment, then the flags.
  static Launch parse(List<String> arguments, Host host) {
    return new CommandLine(host).parse(Getopt.all(arguments));
  }

  private Launch parse(List<Getopt.Token> tokens) {
    Launch.Exit exit = ConfigSource.asksOnly(tokens) ? null : applyNamed(tokens);
    for (Getopt.Token token : tokens) {
      if (exit != null) {
        return exit;
      }
      // No switch over types on the way of every start: it has the JVM make classes for itself,
      // which took a tenth of the time until the server was ready.
      if (token instanceof Getopt.Bad bad) {
        exit = settings.refuse(Launch.FAILURE, bad.message(), "Illegal argument \"?\"");
      } else if (token instanceof Getopt.Option option) {
        exit = apply(option.flag(), option.argument());
      }
    }
    if (exit == null) {
      exit = Conflicts.first(settings, host);
    }
    return exit != null ? exit : run();
  }

  /// What the config file and the environment say and no flag replaces.
  private Launch.@Nullable Exit applyNamed(List<Getopt.Token> tokens) {
    try {
      for (NamedOptions.Named named : ConfigSource.options(tokens, host).all()) {
        for (Getopt.Option option : named.options()) {
          Launch.Exit exit =
              option.flag() == Flag.EXTENDED
                  ? ExtendedSettings.applyItem(option.argument(), settings)
                  : apply(option.flag(), option.argument());
          if (exit != null) {
            String rule = exit.err().strip().replace('\n', ' ');
            return new Launch.Exit(Launch.FAILURE, "", named.where() + ": " + rule + "\n");
          }
        }
      }
      return null;
    } catch (NamedOptions.UnusableException unusable) {
      return settings.refuse(String.valueOf(unusable.getMessage()));
    }
  }

  private Launch.@Nullable Exit apply(Flag flag, String rawArgument) {
    String argument = rawArgument.substring(LooseNumber.skipSpace(rawArgument));
    if (argument.isEmpty() && flag.namesFile()) {
      return settings.refuse("-" + flag.letter + " (--" + flag.longName + ") must name a file");
    }
    Launch.Exit exit =
        flag == Flag.EXTENDED
            ? ExtendedSettings.apply(rawArgument, settings)
            : apply(flag, argument, settings.server);
    return exit != null || flag.available ? exit : unavailable(flag);
  }

  private Launch.@Nullable Exit apply(Flag flag, String argument, ServerOptions.Builder server) {
    switch (flag) {
      case PORT -> {
        settings.port = LooseNumber.integer(argument);
        settings.portGiven = true;
      }
      case LISTEN -> settings.listen.add(argument);
      case UDP_PORT -> settings.udpPort = LooseNumber.integer(argument);
      case UNIX_SOCKET -> settings.unixSocket = argument;
      case UNIX_MASK -> settings.unixMode = LooseNumber.octal(argument) & UNIX_MODE_BITS;
      case LISTEN_BACKLOG -> settings.backlog = LooseNumber.integer(argument);
      case ENABLE_SSL -> settings.tls.enabled = true;
      case ENABLE_SASL -> settings.sasl = true;
      case AUTH_FILE -> settings.authFile = argument;
      case ENABLE_SHUTDOWN -> server.shutdownCommand(true);
      case DISABLE_FLUSH_ALL -> server.flushEnabled(false);
      case DISABLE_DUMPING -> server.dumpEnabled(false);
      case DISABLE_WATCH -> server.watchEnabled(false);
      case MEMORY_LIMIT -> settings.memoryMebibytes = LooseNumber.integer(argument);
      case MAX_ITEM_SIZE -> settings.itemBytesMax = bytes(argument);
      case DISABLE_EVICTIONS -> server.evictions(false);
      case DISABLE_CAS -> server.casEnabled(false);
      case MEMORY_FILE -> settings.engine.put("memory_file", argument);
      case ENABLE_LARGEPAGES -> settings.engine.put("large_pages", "yes");
      case VERBOSE -> settings.verbosity++;
      case DAEMON -> settings.daemon = true;
      case PIDFILE -> settings.pidFile = argument;
      case USER -> settings.user = argument;
      case LOCK_MEMORY -> settings.lockMemory = true;
      case ENABLE_COREDUMPS -> settings.coreDumps = true;
      case CONN_LIMIT, THREADS, MAX_REQS_PER_EVENT, SLAB_MIN_SIZE, GROWTH_FACTOR, NAPI_IDS -> {
        return applyPositive(flag, argument);
      }
      case PROTOCOL -> {
        return applyProtocol(argument);
      }
      case STATS_DELIMITER -> {
        return applyDelimiter(argument);
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
      case EXTENDED -> throw new AssertionError("read by ExtendedSettings");
    }
    return null;
  }

  private Launch.@Nullable Exit applyDelimiter(String argument) {
    if (argument.isEmpty()) {
      return settings.refuse("No delimiter specified");
    }
    settings.server.statPrefixDelimiter(argument.charAt(0)).detailEnabled(true);
    return null;
  }

  private Launch.@Nullable Exit applyProtocol(String argument) {
    for (BindingProtocol protocol : BindingProtocol.values()) {
      if (protocol.optionName().equals(argument)) {
        settings.protocol = protocol;
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
    if (flag == Flag.NAPI_IDS) {
      settings.napiIds = number;
      return number > 0
          ? null
          : settings.refuse("Maximum number of NAPI IDs must be greater than 0");
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

  private Launch run() {
    settings.server.saslPasswordFile(host.environment().get(SASL_PASSWORD_FILE));
    String malloced = host.environment().get(INITIAL_MALLOC);
    if (malloced != null) {
      settings.engine.put("total_malloced", malloced);
    }
    Launch.Exit exit = ListenPlan.make(settings, host);
    return exit != null
        ? exit
        : new Launch.Run(
            settings.options(),
            settings.process(otherUser(), host.environment()),
            settings.notices);
  }

  /// Only root can become somebody else.
  private @Nullable String otherUser() {
    boolean becomes = host.root() && !host.userName().equals(settings.user);
    return becomes ? settings.user : null;
  }
}
