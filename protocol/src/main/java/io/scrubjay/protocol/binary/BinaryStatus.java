package io.scrubjay.protocol.binary;

import io.scrubjay.protocol.Phrase;

/// How a command ended: the number in the header and the text that an error's body holds. Several
/// texts share a number.
public enum BinaryStatus {
  OK(0x00, ""),
  NOT_FOUND(0x01, "Not found"),
  EXISTS(0x02, "Data exists for key."),
  TOO_LARGE(0x03, "Too large."),
  INVALID_ARGUMENTS(0x04, "Invalid arguments"),
  NOT_STORED(0x05, "Not stored."),
  NON_NUMERIC(0x06, "Non-numeric server-side value for incr or decr"),
  AUTH_FAILURE(0x20, "Auth failure."),
  /// The body is the challenge.
  AUTH_CONTINUE(0x21, ""),
  UNKNOWN_COMMAND(0x81, "Unknown command"),
  OUT_OF_MEMORY_ALLOCATING(0x82, "Out of memory allocating item"),
  OUT_OF_MEMORY_INCREMENTING(0x82, "Out of memory incrementing value"),
  OUT_OF_MEMORY_CREATING(0x82, "Out of memory allocating new item"),
  OUT_OF_MEMORY_READING(0x82, "Out of memory during read");

  private final int code;

  // A Phrase is immutable, but can't say so without an annotation library.
  @SuppressWarnings("ImmutableEnumChecker")
  final Phrase phrase;

  BinaryStatus(int code, String text) {
    this.code = code;
    this.phrase = new Phrase(text);
  }

  public int code() {
    return code;
  }

  public String text() {
    return phrase.toString();
  }
}
