package io.scrubjay.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// One command as sent, on one of an episode's connections.
///
/// @param client which connection
/// @param group commands of one client in a row with the same group go out in one write
/// @param wire the bytes, one char each, with [#CAS_HOLE] where the CAS of `casKey` goes
/// @param casKey the key whose current CAS the command wants, or empty
/// @param broken a server may take what follows for data of this one, so nothing that has to be
///   answered may follow on its connection
/// @param cutAt so many bytes are sent first, and the rest when another client has spoken; 0: whole
/// @param seconds for which nobody speaks, in place of everything else; 0: a command
record Command(
    int client, int group, String wire, String casKey, boolean broken, int cutAt, int seconds) {
  static final String CAS_HOLE = "\u2423";
  private static final int NOBODY = -1;

  Command(int client, int group, String wire, String casKey, boolean broken) {
    this(client, group, wire, casKey, broken, 0, 0);
  }

  static Command silence(int seconds) {
    return new Command(NOBODY, 0, "", "", false, 0, seconds);
  }

  boolean isSilence() {
    return seconds > 0;
  }

  Command inGroup(int other) {
    return new Command(client, other, wire, casKey, broken, cutAt, seconds);
  }

  Command cutAt(int bytes) {
    return new Command(client, group, wire, casKey, broken, bytes, seconds);
  }

  boolean binary() {
    return client >= Generator.TEXT_CLIENTS;
  }

  byte[] bytes(String cas) {
    String filled = cas;
    if (binary() && !cas.isEmpty()) {
      long number = Long.parseUnsignedLong(cas);
      filled = BinaryFrames.word((int) (number >>> Integer.SIZE)) + BinaryFrames.word((int) number);
    }
    return wire.replace(CAS_HOLE, filled).getBytes(ISO_8859_1);
  }

  /// What follows it in the same write is never run.
  boolean quits() {
    return binary()
        ? wire.charAt(1) == BinaryFrames.QUIT || wire.charAt(1) == BinaryFrames.QUIT_QUIET
        : words()[0].equals("quit");
  }

  /// The words of the first line.
  String[] words() {
    return line().strip().split(" +");
  }

  String line() {
    int end = wire.indexOf('\n');
    String line = end < 0 ? wire : wire.substring(0, end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public String toString() {
    if (isSilence()) {
      return "%d seconds pass".formatted(seconds);
    }
    String text =
        binary()
            ? BinaryAnswers.shown(wire)
            : wire.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    String how = (broken ? ", last" : "") + (cutAt > 0 ? ", cut at " + cutAt : "");
    return "client %d, write %d%s: %s".formatted(client, group, how, shown);
  }
}
