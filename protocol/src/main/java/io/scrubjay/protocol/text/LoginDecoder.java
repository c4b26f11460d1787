package io.scrubjay.protocol.text;

import io.scrubjay.protocol.Bytes;
import java.lang.foreign.MemorySegment;

/// Reads what a client may say before it has authenticated: `set KEY FLAGS EXPTIME BYTES`, and a
/// data block of `USER PASSWORD`; of the line only its first three bytes and the fifth token mean
/// anything.
///
/// Pure: the same bytes give the same answer, all of which is in the [LoginRequest]. Reads nothing
/// at or past `to`. Threads: confined to the loop that owns it. Source: spec 6.2.
public final class LoginDecoder {
  /// Of the data block.
  public static final int TOKEN_BYTES_MAX = 16_384;

  /// Fewer bytes aren't looked at.
  private static final int INPUT_BYTES_MIN = 3;

  /// A line whose newline comes earlier closes.
  private static final int LINE_BYTES_MIN = 6;

  private static final int LENGTH_TOKEN = 4;
  private static final int CRLF_BYTES = 2;

  private final TextRequest line = new TextRequest();

  public TextDecoded decode(MemorySegment input, long from, long to, LoginRequest into) {
    if (to - from < INPUT_BYTES_MIN) {
      return TextDecoded.NEED_MORE;
    }
    long newline = Bytes.indexOf(input, (byte) '\n', from, to);
    if (newline < 0) {
      return to - from > TextDecoder.UNFINISHED_BYTES_MAX
          ? TextDecoded.CLOSE
          : TextDecoded.NEED_MORE;
    }
    if (newline - from < LINE_BYTES_MIN) {
      return TextDecoded.CLOSE;
    }
    line.line(input, from, newline);
    into.end = newline + 1;
    line.tokenize();
    if (!Bytes.isStartOf("set", input, from, 3) || !line.parseUint32(LENGTH_TOKEN)) {
      return into.refused(TextError.UNAUTHENTICATED);
    }
    if (line.number > TOKEN_BYTES_MAX) {
      return into.refused(TextError.AUTH_TOKEN_TOO_LONG);
    }
    return token(input, newline + 1, (int) line.number, to, into);
  }

  private static TextDecoded token(
      MemorySegment input, long from, int bytes, long to, LoginRequest into) {
    if (to - from < bytes + CRLF_BYTES) {
      return TextDecoded.NEED_MORE;
    }
    into.end = from + bytes + CRLF_BYTES;
    if (!TextDecoder.isCrlf(input, from + bytes)) {
      return into.refused(TextError.BAD_AUTH_TERMINATION);
    }
    long space = Bytes.indexOf(input, (byte) ' ', from, from + bytes);
    if (space < 0) {
      return into.refused(TextError.BAD_AUTH_TOKEN);
    }
    into.user = LoginRequest.copy(input, from, space);
    into.password = LoginRequest.copy(input, space + 1, from + bytes);
    return TextDecoded.COMPLETE;
  }
}
