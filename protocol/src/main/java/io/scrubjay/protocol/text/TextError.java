package io.scrubjay.protocol.text;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Phrase;

/// Every `CLIENT_ERROR` and `SERVER_ERROR` line of the classic text protocol, word for word.
public enum TextError {
  BAD_COMMAND_LINE("CLIENT_ERROR bad command line format"),
  BAD_COMMAND_LINE_SHORT("CLIENT_ERROR bad command line"),
  INVALID_EXPTIME("CLIENT_ERROR invalid exptime argument"),
  INVALID_DELTA("CLIENT_ERROR invalid numeric delta argument"),
  NON_NUMERIC("CLIENT_ERROR cannot increment or decrement non-numeric value"),
  BAD_DATA_CHUNK("CLIENT_ERROR bad data chunk"),
  FLUSH_NOT_ALLOWED("CLIENT_ERROR flush_all not allowed"),
  INVALID_SHUTDOWN_MODE("CLIENT_ERROR invalid shutdown mode"),
  SLAB_REASSIGN_DISABLED("CLIENT_ERROR slab reassignment disabled"),
  AUTOMOVE_WINDOW("CLIENT_ERROR automove window too low or too high"),
  CRAWLER_SLEEP("CLIENT_ERROR sleep must be one second or less"),
  CRAWLER_DISABLED("CLIENT_ERROR lru crawler disabled"),
  WATCH_NOT_ALLOWED("CLIENT_ERROR watch commands not allowed"),
  DETAIL_USAGE("CLIENT_ERROR usage: stats detail on|off|dump"),
  DETAIL_NOT_ALLOWED("CLIENT_ERROR stats detail not allowed"),
  CACHEDUMP_NOT_ALLOWED("CLIENT_ERROR stats cachedump not allowed"),
  ILLEGAL_SLAB_ID("CLIENT_ERROR Illegal slab id"),
  UNAUTHENTICATED("CLIENT_ERROR unauthenticated"),
  AUTHENTICATION_FAILURE("CLIENT_ERROR authentication failure"),
  AUTH_TOKEN_TOO_LONG("CLIENT_ERROR auth token too long"),
  BAD_AUTH_TERMINATION("CLIENT_ERROR bad command line termination"),
  BAD_AUTH_TOKEN("CLIENT_ERROR bad authentication token format"),
  TOO_LARGE("SERVER_ERROR object too large for cache"),
  OUT_OF_MEMORY_STORING("SERVER_ERROR out of memory storing object"),
  OUT_OF_MEMORY_READING("SERVER_ERROR Out of memory during read"),
  OUT_OF_MEMORY("SERVER_ERROR out of memory"),
  SHUTDOWN_NOT_ENABLED("SERVER_ERROR: shutdown not enabled");

  // A Phrase is immutable, but can't say so without an annotation library.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Phrase line;

  TextError(String line) {
    this.line = new Phrase(line + "\r\n");
  }

  /// The line with its CRLF.
  public String line() {
    return line.toString();
  }

  /// Length of the line with its CRLF.
  public int bytes() {
    return line.length();
  }

  /// Needs [#bytes] of room.
  public void writeTo(ByteOutput out) {
    line.writeTo(out);
  }
}
