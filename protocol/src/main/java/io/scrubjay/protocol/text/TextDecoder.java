package io.scrubjay.protocol.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.scrubjay.protocol.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads one command line of the classic text protocol at a time; meta lines are only recognised,
/// for the meta decoder to read. A data block after the line is not looked at.
///
/// Pure: the same bytes give the same answer; all that it says is in the [TextRequest]. Reads
/// nothing at or past `to`. Threads: stateless. Source: spec 2.1 to 2.5.
public final class TextDecoder {
  /// A line this long without a newline has to be `get` or `gets` (spec T-02).
  public static final int UNFINISHED_BYTES_MAX = 2048;

  private static final int LEADING_SPACES_MAX = 100;

  /// `\r\n`, `x\r\n` and their like.
  private static final int LINE_BYTES_MIN = 4;

  /// The data block and its CRLF together stay within a signed 32-bit number.
  private static final int VALUE_BYTES_MAX = Integer.MAX_VALUE - 2;

  private static final ValueLayout.OfShort PAIR =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final short CRLF = '\r' | '\n' << 8;

  /// Looks at the line that starts at `from`.
  public TextDecoded decode(MemorySegment input, long from, long to, TextRequest into) {
    return decode(input, from, to, from, into);
  }

  /// The same for a caller that was told [TextDecoded#NEED_MORE] before: `searchFrom` is the `to`
  /// of that time (the bytes before it hold no newline), so a list of keys that trickles in isn't
  /// searched from its start over and over.
  public TextDecoded decode(
      MemorySegment input, long from, long to, long searchFrom, TextRequest into) {
    long newline = Bytes.indexOf(input, (byte) '\n', searchFrom, to);
    if (newline < 0) {
      return unfinished(input, from, to);
    }
    into.line(input, from, newline);
    if (into.lineEnd - from < LINE_BYTES_MIN) {
      return into.refused(TextError.BAD_COMMAND_LINE);
    }
    int wordLength = wordLength(input, from, into.contentEnd());
    into.verb = verb(input, from, wordLength);
    return switch (into.verb.kind) {
      case RETRIEVAL -> retrieval(into, from + wordLength);
      case STORAGE -> storage(into);
      case UPDATE -> update(into);
      case META -> TextDecoded.COMPLETE;
      case PLAIN -> plain(into);
      case ADMIN -> admin(into, wordLength);
    };
  }

  /// Whether the two bytes at `offset` are what must follow a data block.
  public static boolean isCrlf(MemorySegment input, long offset) {
    return input.get(PAIR, offset) == CRLF;
  }

  private static TextDecoded unfinished(MemorySegment input, long from, long to) {
    if (to - from <= UNFINISHED_BYTES_MAX) {
      return TextDecoded.NEED_MORE;
    }
    long at = from;
    while (at - from <= LEADING_SPACES_MAX && input.get(JAVA_BYTE, at) == ' ') {
      at++;
    }
    boolean keys =
        at - from <= LEADING_SPACES_MAX
            && (Bytes.isStartOf("get ", input, at, 4) || Bytes.isStartOf("gets ", input, at, 5));
    return keys ? TextDecoded.NEED_MORE : TextDecoded.CLOSE;
  }

  private static int wordLength(MemorySegment input, long from, long end) {
    int inFirstWord = Bytes.indexIn(Bytes.word(input, from, end), (byte) ' ');
    if (inFirstWord < Long.BYTES) {
      return inFirstWord;
    }
    return (int) Math.min(Bytes.wordEnd(input, from, end) - from, Integer.MAX_VALUE);
  }

  private static TextVerb verb(MemorySegment input, long offset, int length) {
    return TextVerb.of(Bytes.word(input, offset, offset + length), input, offset, length);
  }

  private static TextDecoded retrieval(TextRequest into, long afterWord) {
    if (into.verb == TextVerb.GET || into.verb == TextVerb.GETS) {
      return into.keysFrom(afterWord)
          ? TextDecoded.COMPLETE
          : into.refused(TextError.BAD_COMMAND_LINE);
    }
    into.tokenize();
    if (into.tokens() < 3) {
      return into.refused(TextError.BAD_COMMAND_LINE);
    }
    if (!into.parseInt32(1)) {
      return into.refused(TextError.INVALID_EXPTIME);
    }
    into.exptime = (int) into.number;
    into.keysFrom(into.tokenOffset(2));
    return TextDecoded.COMPLETE;
  }

  private static TextDecoded storage(TextRequest into) {
    into.tokenize();
    if (into.tokens() < 5
        || !into.parseInt32(4)
        || into.number < 0
        || into.number > VALUE_BYTES_MAX) {
      return into.refused(TextError.BAD_COMMAND_LINE);
    }
    into.valueBytes = (int) into.number;
    into.noticeNoreply();
    if (!into.key(1) || !flags(into) || !exptime(into) || !casUnique(into)) {
      into.swallowBytes = into.valueBytes + 2;
      return into.refused(TextError.BAD_COMMAND_LINE);
    }
    return TextDecoded.COMPLETE;
  }

  private static boolean flags(TextRequest into) {
    boolean good = into.parseFlags(2);
    into.clientFlags = (int) into.number;
    return good;
  }

  private static boolean exptime(TextRequest into) {
    boolean good = into.parseExptime(3);
    into.exptime = (int) into.number;
    return good;
  }

  private static boolean casUnique(TextRequest into) {
    if (into.verb != TextVerb.CAS) {
      into.casUnique = 0;
      return true;
    }
    boolean good = into.parseUint64(5);
    into.casUnique = into.number;
    return good;
  }

  private static TextDecoded update(TextRequest into) {
    into.tokenize();
    if (into.tokens() < (into.verb == TextVerb.DELETE ? 2 : 3)) {
      return into.refused(TextError.BAD_COMMAND_LINE);
    }
    into.noticeNoreply();
    if (!into.key(1)) {
      return into.refused(TextError.BAD_COMMAND_LINE);
    }
    if (into.verb == TextVerb.TOUCH) {
      boolean good = into.parseInt32(2);
      into.exptime = (int) into.number;
      return good ? TextDecoded.COMPLETE : into.refused(TextError.INVALID_EXPTIME);
    }
    if (into.verb != TextVerb.DELETE) {
      boolean good = into.parseUint64(2);
      into.delta = into.number;
      return good ? TextDecoded.COMPLETE : into.refused(TextError.INVALID_DELTA);
    }
    return TextDecoded.COMPLETE;
  }

  private static TextDecoded plain(TextRequest into) {
    into.tokenize();
    return TextDecoded.COMPLETE;
  }

  /// Verbs of memcached's last table, and words in no table. That table is asked with the first
  /// token, so leading spaces do not hide these verbs as they hide all others (spec T-04, Q-09).
  private static TextDecoded admin(TextRequest into, int wordLength) {
    into.tokenize();
    if (wordLength == 0 && into.tokens() > 0) {
      TextVerb first = verb(into.segment, into.tokenOffset(0), into.tokenLength(0));
      into.verb = first.kind == TextVerb.Kind.ADMIN ? first : TextVerb.UNKNOWN;
    }
    into.noticeNoreply();
    boolean http =
        into.verb == TextVerb.UNKNOWN
            && into.tokens() > 0
            && into.tokenLength(into.tokens() - 1) >= 5
            && Bytes.isStartOf("HTTP/", into.segment, into.tokenOffset(into.tokens() - 1), 5);
    return http ? TextDecoded.CLOSE : TextDecoded.COMPLETE;
  }
}
