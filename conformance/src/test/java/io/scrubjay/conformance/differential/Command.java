package io.scrubjay.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// One command as sent, on one of an episode's connections.
///
/// @param client which connection
/// @param group commands of one client in a row with the same group go out in one write
/// @param wire the bytes, one char each, with [#CAS_HOLE] where the CAS of `casKey` goes
/// @param casKey the key whose current CAS the command wants, or empty
record Command(int client, int group, String wire, String casKey) {
  static final String CAS_HOLE = "\u2423";

  byte[] bytes(String cas) {
    return wire.replace(CAS_HOLE, cas).getBytes(ISO_8859_1);
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
    String text = wire.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    return "client " + client + ": " + (text.length() > 200 ? text.substring(0, 200) + "…" : text);
  }
}
