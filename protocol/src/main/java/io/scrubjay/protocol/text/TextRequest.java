package io.scrubjay.protocol.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.protocol.Bytes;
import io.scrubjay.protocol.Decimals;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// One command line where it lies: a reusable cursor that [TextDecoder] fills and a verb reads.
///
/// Shape: public fields, since a record per request would be an allocation per request. Offsets are
/// absolute in `segment`; those of tokens are kept relative to the line. Which fields mean
/// something depends on the verb: a storage verb has key, `clientFlags`, `exptime`, `valueBytes`
/// (and `casUnique`); `incr` and `decr` have key and `delta`; `touch`, `gat` and `gats` have
/// `exptime`; verbs with keys after `get` and its kin walk them by [#nextKey]; all others read
/// tokens.
///
/// Threads: confined to the loop that owns it. Ownership: `segment` is lent.
public final class TextRequest {
  public static final int KEY_BYTES_MAX = 250;

  /// Tokens further on are not noticed (spec T-05).
  public static final int TOKENS_MAX = 23;

  private static final long INDEXED_BYTES_MAX = 65_534;
  private static final String NOREPLY = "noreply";

  public TextVerb verb = TextVerb.UNKNOWN;
  public MemorySegment segment = MemorySegment.NULL;
  public long lineStart;

  /// Just past the newline.
  public long lineEnd;

  public long keyOffset;
  public int keyLength;

  /// 32 bits, unsigned.
  public int clientFlags;

  /// As sent (spec T-12 gives it meaning), cut to 32 bits (spec T-08).
  public int exptime;

  /// Length of the data block, without its final CRLF.
  public int valueBytes;

  /// 64 bits, unsigned.
  public long casUnique;

  /// 64 bits, unsigned.
  public long delta;

  /// No single-line reply to this command, whether it succeeds or is refused.
  public boolean noreply;

  /// Means something only after [TextDecoded#REFUSED].
  public TextError error = TextError.BAD_COMMAND_LINE;

  /// What to drop after a refused line: the data block that belongs to it and its CRLF.
  public int swallowBytes;

  /// After [#nextKey] answered false: it stopped at a key of more than [#KEY_BYTES_MAX] bytes, for
  /// which the whole command is answered by [TextError#BAD_COMMAND_LINE].
  public boolean keyTooLong;

  /// What the last successful parse of a token gave.
  public long number;

  /// What the last successful [#parseDecimal] gave.
  public double decimal;

  private final int[] tokenStarts = new int[TOKENS_MAX];
  private final int[] tokenLengths = new int[TOKENS_MAX];
  private int tokens;
  private long contentBytes;
  private long firstKeyAt;
  private long keysAt;

  /// Starts over on the line `[from, newline]`.
  void line(MemorySegment input, long from, long newline) {
    segment = input;
    lineStart = from;
    lineEnd = newline + 1;
    boolean carriageReturn = newline > from && input.get(JAVA_BYTE, newline - 1) == '\r';
    contentBytes = newline - from - (carriageReturn ? 1 : 0);
    verb = TextVerb.UNKNOWN;
    noreply = false;
    swallowBytes = 0;
    keyLength = 0;
    tokens = 0;
    keyTooLong = false;
  }

  /// Just past the last byte of the line that isn't its terminator.
  public long contentEnd() {
    return lineStart + contentBytes;
  }

  // Keys of get, gets, gat and gats.

  /// Moves to the next key of the list. False at its end, and at a key that is too long
  /// ([#keyTooLong] tells).
  public boolean nextKey() {
    long end = contentEnd();
    long start = Bytes.skipSpaces(segment, lineStart + keysAt, end);
    if (start == end) {
      keysAt = contentBytes;
      return false;
    }
    long keyEnd = Bytes.wordEnd(segment, start, end);
    if (keyEnd - start > KEY_BYTES_MAX) {
      keyTooLong = true;
      return false;
    }
    keyOffset = start;
    keyLength = (int) (keyEnd - start);
    keysAt = keyEnd - lineStart;
    return true;
  }

  /// How far [#nextKey] has come, in bytes from the line's start.
  public long keysPosition() {
    return keysAt;
  }

  /// Resumes the walk at what [#keysPosition] said.
  public void keysPosition(long position) {
    if (position < firstKeyAt || position > contentBytes) {
      throw new IndexOutOfBoundsException(
          "position " + position + ", must be " + firstKeyAt + ".." + contentBytes);
    }
    keysAt = position;
    keyTooLong = false;
  }

  /// Declares that keys follow `from`; false when there is none.
  boolean keysFrom(long from) {
    firstKeyAt = Bytes.skipSpaces(segment, from, contentEnd()) - lineStart;
    keysAt = firstKeyAt;
    return firstKeyAt < contentBytes;
  }

  // Tokens. Token 0 is the verb.

  /// How many tokens the line has, verb and `noreply` included; more than [#TOKENS_MAX] aren't
  /// counted. 0 for `get` and `gets`, whose keys are walked instead.
  public int tokens() {
    return tokens;
  }

  /// How many tokens stand between the verb and a final `noreply` that counts.
  public int arguments() {
    return Math.max(0, tokens - (noreply ? 2 : 1));
  }

  public long tokenOffset(int token) {
    return lineStart + tokenStarts[checked(token)];
  }

  public int tokenLength(int token) {
    return tokenLengths[checked(token)];
  }

  /// False as well when there is no such token.
  public boolean tokenIs(int token, String word) {
    return token < tokens
        && tokenLengths[token] == word.length()
        && Bytes.isStartOf(word, segment, lineStart + tokenStarts[token], word.length());
  }

  /// Whether the token is `word` or the beginning of it: how memcached matches sub-words (spec 2.6,
  ///
  public boolean tokenAbbreviates(int token, String word) {
    return token < tokens
        && Bytes.isStartOf(word, segment, lineStart + tokenStarts[token], tokenLengths[token]);
  }

  /// A copy of the token, each byte a character; for verbs that may allocate.
  public String tokenText(int token) {
    byte[] bytes = new byte[tokenLength(token)];
    MemorySegment.copy(segment, JAVA_BYTE, tokenOffset(token), bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// Whether the token is there and a strict signed 32-bit number; then it is in [#number].
  public boolean parseInt32(int token) {
    return token < tokens
        && parsed(Decimals.int32(segment, tokenOffset(token), tokenLength(token)));
  }

  /// As [#parseInt32], unsigned.
  public boolean parseUint32(int token) {
    return token < tokens
        && parsed(Decimals.uint32(segment, tokenOffset(token), tokenLength(token)));
  }

  /// As [#parseInt32], 64 bits.
  public boolean parseInt64(int token) {
    return token < tokens
        && parsed(Decimals.int64(segment, tokenOffset(token), tokenLength(token)));
  }

  /// As [#parseInt32], 64 bits, unsigned.
  public boolean parseUint64(int token) {
    if (token >= tokens || !Decimals.isUint64(segment, tokenOffset(token), tokenLength(token))) {
      return false;
    }
    number = Decimals.uint64(segment, tokenOffset(token), tokenLength(token));
    return true;
  }

  /// Whether the token is there and a decimal number, sign, fraction and exponent allowed; then it
  /// is in [#decimal]. Allocates: for admin commands.
  public boolean parseDecimal(int token) {
    if (token >= tokens) {
      return false;
    }
    String text = tokenText(token);
    // Not what Java allows beyond that: hexadecimal, suffixes, NaN and Infinity.
    if (!text.chars().allMatch(character -> "+-.0123456789eE".indexOf(character) >= 0)) {
      return false;
    }
    try {
      decimal = Double.parseDouble(text);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  boolean parseFlags(int token) {
    return parsed(Decimals.lenientFlags(segment, tokenOffset(token), tokenLength(token)));
  }

  boolean parseExptime(int token) {
    return parsed(Decimals.lenientExptime(segment, tokenOffset(token), tokenLength(token)));
  }

  private boolean parsed(long value) {
    number = value;
    return value != Decimals.INVALID;
  }

  void tokenize() {
    long end = Math.min(contentEnd(), lineStart + INDEXED_BYTES_MAX);
    tokens = 0;
    long at = Bytes.skipSpaces(segment, lineStart, end);
    while (at < end && tokens < TOKENS_MAX) {
      long tokenEnd = Bytes.wordEnd(segment, at, end);
      tokenStarts[tokens] = (int) (at - lineStart);
      tokenLengths[tokens] = (int) (tokenEnd - at);
      tokens++;
      at = Bytes.skipSpaces(segment, tokenEnd, end);
    }
  }

  /// Notices a last token `noreply` (spec T-10).
  void noticeNoreply() {
    noreply = tokens > 0 && tokenIs(tokens - 1, NOREPLY);
  }

  /// Makes the token the key; false when it is too long.
  boolean key(int token) {
    keyOffset = tokenOffset(token);
    keyLength = tokenLength(token);
    return keyLength <= KEY_BYTES_MAX;
  }

  TextDecoded refused(TextError why) {
    error = why;
    return TextDecoded.REFUSED;
  }

  private int checked(int token) {
    if (token >= tokens) {
      throw new IndexOutOfBoundsException("token " + token + " of " + tokens);
    }
    return token;
  }
}
