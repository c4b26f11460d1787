package io.scrubjay.protocol.meta;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Phrase;

/// Every error line of the meta protocol, word for word. `q` suppresses none of them (spec X-12).
public enum MetaError {
  BAD_COMMAND_LINE("CLIENT_ERROR bad command line format"),
  /// What `ma` says instead of most others (spec X-06).
  INVALID_OR_DUPLICATE_FLAG("CLIENT_ERROR invalid or duplicate flag"),
  TOO_MANY_FLAGS("CLIENT_ERROR options flags are too long"),
  DUPLICATE_FLAG("CLIENT_ERROR duplicate flag"),
  INVALID_FLAG("CLIENT_ERROR invalid flag"),
  BAD_TOKEN("CLIENT_ERROR bad token in command line format"),
  INVALID_INITIAL("CLIENT_ERROR invalid numeric initial value"),
  INVALID_DELTA("CLIENT_ERROR invalid numeric delta value"),
  UNDECODABLE_KEY("CLIENT_ERROR error decoding key"),
  OPAQUE_TOO_LONG("CLIENT_ERROR opaque token too long"),
  INVALID_STORE_MODE("CLIENT_ERROR invalid mode for ms M token"),
  INVALID_ARITHMETIC_MODE("CLIENT_ERROR invalid mode for ma M token"),
  BAD_DATA_CHUNK("CLIENT_ERROR bad data chunk"),
  NON_NUMERIC("CLIENT_ERROR cannot increment or decrement non-numeric value"),
  TOO_LARGE("SERVER_ERROR object too large for cache"),
  OUT_OF_MEMORY_STORING("SERVER_ERROR out of memory storing object"),
  OUT_OF_MEMORY_READING("SERVER_ERROR Out of memory during read"),
  OUT_OF_MEMORY("SERVER_ERROR out of memory"),
  OUT_OF_MEMORY_CREATING("SERVER_ERROR Out of memory allocating new item"),
  REFCOUNT_OVERFLOW("SERVER_ERROR refcount overflow during fetch");

  // A Phrase is immutable, but can't say so without an annotation library.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Phrase line;

  MetaError(String line) {
    this.line = new Phrase(line + "\r\n");
  }

  /// With its CRLF. Needs [MetaEncoder#REPLY_BYTES_MAX] of room.
  public void writeTo(ByteOutput out) {
    line.writeTo(out);
  }
}
