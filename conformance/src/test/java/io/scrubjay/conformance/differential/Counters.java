package io.scrubjay.conformance.differential;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.util.Set;

/// What a server has counted so far, as far as that follows from the commands.
///
/// Not `cmd_set`, which 1.6.18 counts when the value is there and 1.6.45 when memory is taken for
/// it (T-33), nor `get_expired` and `get_flushed`, since 1.6.18 leaves flushed items where they
/// are, to be found lost for either reason (M-30).
final class Counters {
  private static final Set<String> NAMES =
      Set.of(
          "cmd_get",
          "cmd_flush",
          "cmd_touch",
          "cmd_meta",
          "get_hits",
          "get_misses",
          "delete_misses",
          "delete_hits",
          "incr_misses",
          "incr_hits",
          "decr_misses",
          "decr_hits",
          "cas_misses",
          "cas_hits",
          "cas_badval",
          "touch_hits",
          "touch_misses",
          "store_too_large",
          "auth_cmds",
          "auth_errors");

  private Counters() {}

  /// A line for each.
  static String told(Peer peer) throws IOException {
    var told = new StringBuilder();
    peer.send("stats\r\n");
    for (String line = peer.readLine(); line.startsWith("STAT "); line = peer.readLine()) {
      String[] words = line.strip().split(" ", -1);
      if (NAMES.contains(words[1])) {
        told.append(words[1]).append(' ').append(words[2]).append('\n');
      }
    }
    return told.toString();
  }
}
