package io.scrubjay.cli;

/// The one table of options: letter, long name, argument and help text. What an option does is in
/// [CommandLine], whose switch over this enum has no default.
///
/// The order is the order of help and of getopt's list of possibilities for a shortened long name.
/// Source: memcached 1.6.45's letters and long names.
enum Flag {
  UNIX_MASK('a', "unix-mask", Argument.REQUIRED, "MASK", "access mask of the unix socket", true),
  ENABLE_SHUTDOWN('A', "enable-shutdown", "let a client stop the server", true),
  ENABLE_SSL('Z', "enable-ssl", "TLS on the TCP port", true),
  PORT('p', "port", Argument.REQUIRED, "N", "TCP port; -1 picks a free one (default: 11211)", true),
  UNIX_SOCKET(
      's', "unix-socket", Argument.REQUIRED, "FILE", "listen only on this unix socket", true),
  UDP_PORT(
      'U',
      "udp-port",
      Argument.REQUIRED,
      "N",
      "UDP port; -1 picks a free one (default: 0, off)",
      true),
  MEMORY_LIMIT('m', "memory-limit", Argument.REQUIRED, "MIB", "item memory (default: 64)", true),
  DISABLE_EVICTIONS('M', "disable-evictions", "answer an error when memory is full", true),
  CONN_LIMIT(
      'c', "conn-limit", Argument.REQUIRED, "N", "connections at a time (default: 1024)", true),
  LOCK_MEMORY('k', "lock-memory", "keep all memory resident", true),
  HELP('h', "help", "print this text", true),
  LICENSE('i', "license", "print the licence", true),
  VERSION('V', "version", "print the version", true),
  ENABLE_COREDUMPS('r', "enable-coredumps", "raise the core file limit", true),
  VERBOSE('v', "verbose", Argument.OPTIONAL_LONG, "", "say more; -vv says much more", true),
  DAEMON('d', "daemon", "run in the background", true),
  LISTEN(
      'l',
      "listen",
      Argument.REQUIRED,
      "ADDR",
      "[notls:|btls:|mtls:][proto[NAME]:][tag[NAME]:]HOST[:PORT],\n"
          + "comma separated or repeated; * is all addresses\n(default: 127.0.0.1)",
      true),
  USER('u', "user", Argument.REQUIRED, "NAME", "the user to run as", true),
  PIDFILE('P', "pidfile", Argument.REQUIRED, "FILE", "write the process id here", true),
  GROWTH_FACTOR(
      'f',
      "slab-growth-factor",
      Argument.REQUIRED,
      "X",
      "ratio of neighbouring chunk sizes (default: 1.25)",
      true),
  SLAB_MIN_SIZE(
      'n',
      "slab-min-size",
      Argument.REQUIRED,
      "BYTES",
      "space for key, value and flags in the smallest chunk\n(default: 48)",
      true),
  THREADS('t', "threads", Argument.REQUIRED, "N", "worker threads (default: 4)", true),
  STATS_DELIMITER('D', "", Argument.REQUIRED, "CHAR", "prefix delimiter for statistics", true),
  ENABLE_LARGEPAGES('L', "enable-largepages", "use large memory pages", true),
  MAX_REQS_PER_EVENT(
      'R',
      "max-reqs-per-event",
      Argument.REQUIRED,
      "N",
      "requests of one connection before the next one's turn\n(default: 20)",
      true),
  DISABLE_CAS('C', "disable-cas", "items carry no CAS value", true),
  LISTEN_BACKLOG(
      'b',
      "listen-backlog",
      Argument.REQUIRED,
      "N",
      "connections waiting to be accepted (default: 1024)",
      true),
  PROTOCOL(
      'B', "protocol", Argument.REQUIRED, "NAME", "auto, ascii or binary (default: auto)", true),
  MAX_ITEM_SIZE(
      'I',
      "max-item-size",
      Argument.REQUIRED,
      "BYTES",
      "largest item; k and m may follow the number (default: 1m)",
      true),
  ENABLE_SASL('S', "enable-sasl", "SASL authentication", true),
  DISABLE_FLUSH_ALL('F', "disable-flush-all", "refuse flush_all", true),
  DISABLE_DUMPING('X', "disable-dumping", "refuse to dump keys", true),
  DISABLE_WATCH('W', "disable-watch", "refuse watch", true),
  AUTH_FILE('Y', "auth-file", Argument.REQUIRED, "FILE", "users and passwords for text", true),
  MEMORY_FILE('e', "memory-file", Argument.REQUIRED, "FILE", "keep items over a restart", true),
  EXTENDED('o', "extended", Argument.REQUIRED, "LIST", "comma separated settings, below", true),
  NAPI_IDS('N', "napi-ids", Argument.REQUIRED, "N", "tie threads to network queues", false);

  /// How an option takes an argument; `OPTIONAL_LONG` only as `--name=argument`.
  enum Argument {
    NONE,
    REQUIRED,
    OPTIONAL_LONG
  }

  final char letter;

  /// Without the dashes; empty for a flag that has only a letter.
  final String longName;

  final Argument argument;
  final String argumentName;
  final String help;

  /// False for a flag of memcached's that this version refuses by name instead of ignoring it.
  final boolean available;

  Flag(
      char letter,
      String longName,
      Argument argument,
      String argumentName,
      String help,
      boolean available) {
    this.letter = letter;
    this.longName = longName;
    this.argument = argument;
    this.argumentName = argumentName;
    this.help = help;
    this.available = available;
  }

  /// Whether an empty argument would be no file; a socket's path is looked at when it listens.
  boolean namesFile() {
    return argumentName.equals("FILE") && this != UNIX_SOCKET;
  }

  Flag(char letter, String longName, String help, boolean available) {
    this(letter, longName, Argument.NONE, "", help, available);
  }
}
