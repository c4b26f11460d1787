package io.scrubjay.protocol.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/// What [LoginDecoder] read; user and password are copies, since they are checked elsewhere.
/// Threads: confined.
public final class LoginRequest {
  public byte[] user = {};
  public byte[] password = {};

  /// Where the next request begins.
  public long end;

  /// Means something only after [TextDecoded#REFUSED].
  public TextError error = TextError.UNAUTHENTICATED;

  TextDecoded refused(TextError why) {
    error = why;
    return TextDecoded.REFUSED;
  }

  static byte[] copy(MemorySegment input, long from, long to) {
    return input.asSlice(from, to - from).toArray(JAVA_BYTE);
  }
}
