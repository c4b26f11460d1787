package io.scrubjay.server.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.WrittenReply;
import java.lang.foreign.MemorySegment;

/// What `-vv` tells of replies: `>FD LINE` for a line and `>FD sending key KEY` for an item; values
/// are not shown. Source: spec 1.5.
///
/// Threads: the worker's.
final class ReplyEcho implements WrittenReply.Teller {
  private static final String ITEM = "VALUE ";
  private static final int ITEM_KEY_WORD = 1;
  private static final int ITEM_BYTES_WORD = 3;
  private static final String META_ITEM = "VA ";
  private static final int META_ITEM_BYTES_WORD = 1;
  private static final int CRLF_BYTES = 2;

  private final ServerLog log;

  ReplyEcho(ServerLog log) {
    this.log = log;
  }

  @Override
  public void replied(int connection, MemorySegment bytes, long from, long to) {
    for (long at = from; at < to; ) {
      long newline = at;
      while (newline < to && bytes.get(JAVA_BYTE, newline) != '\n') {
        newline++;
      }
      String line = line(bytes, at, newline);
      at = newline + 1;
      String[] words = line.split(" ", -1);
      if (line.startsWith(ITEM)) {
        log.replied(connection, "sending key " + words[ITEM_KEY_WORD]);
        at += Integer.parseInt(words[ITEM_BYTES_WORD]) + CRLF_BYTES;
      } else {
        log.replied(connection, line);
        if (line.startsWith(META_ITEM)) {
          at += Integer.parseInt(words[META_ITEM_BYTES_WORD]) + CRLF_BYTES;
        }
      }
    }
  }

  /// Without its line end.
  private static String line(MemorySegment bytes, long from, long newline) {
    boolean cr = newline > from && bytes.get(JAVA_BYTE, newline - 1) == '\r';
    long end = cr ? newline - 1 : newline;
    return ServerLog.printable(bytes, from, end - from);
  }
}
