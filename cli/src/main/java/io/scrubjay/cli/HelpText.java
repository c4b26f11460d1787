package io.scrubjay.cli;

/// What `-h` and `-i` print.
final class HelpText {
  static final String LICENSE =
      """
      Scrubjay is licensed under the Apache License, Version 2.0:
      https://www.apache.org/licenses/LICENSE-2.0
      """;

  private static final int HELP_COLUMN = 34;

  private static final String EXTENDED =
      """

      Settings for -o:
        maxconns_fast, no_maxconns_fast
                                        at the connection limit: refuse with a line (default), or
                                        let clients wait
        hashpower=N                     the hash table starts with 2^N places (12 to 32)
        slab_chunk_max=KIB              larger values are stored in several chunks (default: 512)
        poller=epoll|nio                how sockets are watched (default: the better one)
        engine=NAME                     the storage engine (default: slab)
        modern                          taken, and means nothing any more
      """
          .replace("\n                                      ", "\n" + " ".repeat(HELP_COLUMN));

  private HelpText() {}

  static String all() {
    var text = new StringBuilder(Version.LINE).append("\nusage: scrubjay [options]\n\n");
    for (Flag flag : Flag.values()) {
      if (flag.available) {
        append(text, flag);
      }
    }
    text.append(EXTENDED);
    text.append("\nNot available in this version:");
    for (Flag flag : Flag.values()) {
      if (!flag.available) {
        text.append(" -").append(flag.letter);
      }
    }
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Flag flag) {
    int start = text.length();
    text.append("  -").append(flag.letter);
    if (!flag.longName.isEmpty()) {
      text.append(", --").append(flag.longName);
    }
    if (flag.argument == Flag.Argument.REQUIRED) {
      text.append(flag.longName.isEmpty() ? ' ' : '=').append(flag.argumentName);
    }
    for (String line : flag.help.lines().toList()) {
      int column = text.length() - start;
      text.append(" ".repeat(Math.max(1, HELP_COLUMN - column))).append(line).append('\n');
      start = text.length();
    }
  }
}
