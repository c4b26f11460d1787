package io.scrubjay.protocol.meta;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.protocol.Bytes;
import io.scrubjay.protocol.Decimals;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Reads the rest of a line whose first word is a meta verb.
///
/// Pure, stateless. Source: spec section 3; where several things are wrong with a line, which one
/// is reported follows. `me` decodes its key whenever `b` is there.
public final class MetaDecoder {
  private static final int VALUE_BYTES_MAX = Integer.MAX_VALUE - 2;
  private static final int WORD_BYTES = 2;

  /// Fills `into` from a line that the text decoder called complete. False when it can't be obeyed:
  /// answer [MetaRequest#error] after dropping [MetaRequest#swallowBytes] behind the line.
  public boolean decode(TextRequest line, MetaRequest into) {
    MemorySegment input = line.segment;
    long end = line.contentEnd();
    into.begin(line.verb, input, line.lineStart);
    if (line.verb == TextVerb.MN) {
      return true;
    }
    long keyAt = Bytes.skipSpaces(input, line.lineStart + WORD_BYTES, end);
    long keyEnd = Bytes.wordEnd(input, keyAt, end);
    if (keyAt == end) {
      return refused(into, MetaError.BAD_COMMAND_LINE);
    }
    into.keyOffset = keyAt;
    long afterKey = Bytes.skipSpaces(input, keyEnd, end);
    long flagsAt = line.verb == TextVerb.MS ? dataLength(input, afterKey, end, into) : afterKey;
    if (flagsAt < 0) {
      return refused(into, MetaError.BAD_COMMAND_LINE);
    }
    MetaError error = arguments(input, keyEnd - keyAt, flagsAt, end, into);
    if (error != null) {
      return refused(into, error);
    }
    into.swallowBytes = 0;
    return true;
  }

  /// Where the flags start after the length of the data block; -1 for no such length.
  private static long dataLength(MemorySegment input, long at, long end, MetaRequest into) {
    long tokenEnd = Bytes.wordEnd(input, at, end);
    long bytes = Decimals.int32(input, at, (int) (tokenEnd - at));
    if (bytes < 0 || bytes > VALUE_BYTES_MAX) {
      return -1;
    }
    into.valueBytes = (int) bytes;
    into.swallowBytes = into.valueBytes + 2;
    return Bytes.skipSpaces(input, tokenEnd, end);
  }

  private static @Nullable MetaError arguments(
      MemorySegment input, long keyBytes, long flagsAt, long end, MetaRequest into) {
    boolean arithmetic = into.verb == TextVerb.MA;
    if (keyBytes > TextRequest.KEY_BYTES_MAX) {
      return arithmetic ? MetaError.INVALID_OR_DUPLICATE_FLAG : MetaError.BAD_COMMAND_LINE;
    }
    into.keyLength = (int) keyBytes;
    if (into.verb == TextVerb.ME) {
      return debugFlags(input, flagsAt, end, into);
    }
    MetaError error = flags(input, flagsAt, end, into);
    if (error == null) {
      error = meaning(input, into);
    }
    if (error != null) {
      return arithmetic ? MetaError.INVALID_OR_DUPLICATE_FLAG : error;
    }
    return modeAndOpaque(input, into);
  }

  /// `me` knows the flag `b` and takes no offence at any other.
  private static @Nullable MetaError debugFlags(
      MemorySegment input, long from, long end, MetaRequest into) {
    long at = from;
    while (at < end) {
      long flagEnd = Bytes.wordEnd(input, at, end);
      if (flagEnd - at == 1 && input.get(JAVA_BYTE, at) == 'b') {
        return key(input, into);
      }
      at = Bytes.skipSpaces(input, flagEnd, end);
    }
    return null;
  }

  /// Notes where the flags are.
  private static @Nullable MetaError flags(
      MemorySegment input, long from, long end, MetaRequest into) {
    int tokens = into.verb == TextVerb.MS ? 3 : 2;
    long at = from;
    while (at < end) {
      byte letter = input.get(JAVA_BYTE, at);
      boolean digit = letter >= '0' && letter <= '9';
      if (!digit && (letter < 'A' || letter > 'z')) {
        return MetaError.BAD_COMMAND_LINE;
      }
      if (++tokens > MetaRequest.TOKENS_MAX) {
        return MetaError.TOO_MANY_FLAGS;
      }
      long flagEnd = Bytes.wordEnd(input, at, end);
      into.add(at, (int) (flagEnd - at));
      at = Bytes.skipSpaces(input, flagEnd, end);
    }
    return null;
  }

  /// Reads the flags' tokens. An unknown or repeated letter ends it at once; of other errors the
  /// last is told, except that a bad `F` never displaces another.
  private static @Nullable MetaError meaning(MemorySegment input, MetaRequest into) {
    MetaError found = null;
    for (int i = 0; i < into.flags(); i++) {
      byte letter = into.flag(i);
      if (letter < 'A') {
        return MetaError.INVALID_FLAG;
      }
      if (!into.mark(letter)) {
        return MetaError.DUPLICATE_FLAG;
      }
      MetaError error = flag(input, letter, into.flagOffset(i) + 1, into.flagLength(i) - 1, into);
      if (error == MetaError.INVALID_FLAG) {
        return error;
      }
      if (error != null && (found == null || letter != 'F')) {
        found = error;
      }
    }
    return found;
  }

  private static @Nullable MetaError flag(
      MemorySegment input, byte letter, long token, int length, MetaRequest into) {
    return switch (letter) {
      case 'P', 'L', 'O', 'M', 'I', 'k', 's', 't', 'c', 'f', 'v', 'h', 'l', 'u', 'q', 'x' -> null;
      case 'b' -> key(input, into);
      case 'N', 'T', 'R' -> time(input, letter, token, length, into);
      case 'F' -> {
        long flags = Decimals.uint32(input, token, length);
        into.clientFlags = (int) flags;
        yield flags == Decimals.INVALID ? MetaError.BAD_COMMAND_LINE : null;
      }
      case 'C', 'E', 'J', 'D' -> number(input, letter, token, length, into);
      default -> MetaError.INVALID_FLAG;
    };
  }

  private static @Nullable MetaError key(MemorySegment input, MetaRequest into) {
    int length = Base64Key.decode(input, into.keyOffset, into.keyLength, into.scratch);
    if (length < 0) {
      return MetaError.UNDECODABLE_KEY;
    }
    into.decodedKey(length);
    return null;
  }

  private static @Nullable MetaError time(
      MemorySegment input, byte letter, long token, int length, MetaRequest into) {
    long seconds = Decimals.int32(input, token, length);
    if (seconds == Decimals.INVALID) {
      return MetaError.BAD_TOKEN;
    }
    switch (letter) {
      case 'N' -> into.vivifyExptime = (int) seconds;
      case 'T' -> into.exptime = (int) seconds;
      default -> into.recacheSeconds = (int) seconds;
    }
    return null;
  }

  private static @Nullable MetaError number(
      MemorySegment input, byte letter, long token, int length, MetaRequest into) {
    if (!Decimals.isUint64(input, token, length)) {
      return switch (letter) {
        case 'J' -> MetaError.INVALID_INITIAL;
        case 'D' -> MetaError.INVALID_DELTA;
        default -> MetaError.BAD_TOKEN;
      };
    }
    long number = Decimals.uint64(input, token, length);
    switch (letter) {
      case 'C' -> into.compareCas = number;
      case 'E' -> into.explicitCas = number;
      case 'J' -> into.initial = number;
      default -> into.delta = number;
    }
    return null;
  }

  /// What each command looks at itself, after the shared rules have passed.
  private static @Nullable MetaError modeAndOpaque(MemorySegment input, MetaRequest into) {
    MetaError error = null;
    for (int i = 0; i < into.flags(); i++) {
      int length = into.flagLength(i);
      if (into.flag(i) == 'M') {
        byte letter = length > 1 ? input.get(JAVA_BYTE, into.flagOffset(i) + 1) : (byte) ' ';
        MetaError bad = mode(letter, into);
        error = bad != null ? bad : error;
      } else if (into.flag(i) == 'O' && length > MetaRequest.OPAQUE_BYTES_MAX && error == null) {
        error = MetaError.OPAQUE_TOO_LONG;
      }
    }
    return error;
  }

  private static @Nullable MetaError mode(byte letter, MetaRequest into) {
    if (into.verb == TextVerb.MS) {
      switch (letter) {
        case 'S' -> into.mode = MetaMode.SET;
        case 'E' -> into.mode = MetaMode.ADD;
        case 'A' -> into.mode = MetaMode.APPEND;
        case 'P' -> into.mode = MetaMode.PREPEND;
        case 'R' -> into.mode = MetaMode.REPLACE;
        default -> {
          return MetaError.INVALID_STORE_MODE;
        }
      }
    } else if (into.verb == TextVerb.MA) {
      switch (letter) {
        case 'I', '+' -> into.mode = MetaMode.INCREMENT;
        case 'D', '-' -> into.mode = MetaMode.DECREMENT;
        default -> {
          return MetaError.INVALID_ARITHMETIC_MODE;
        }
      }
    }
    return null;
  }

  private static boolean refused(MetaRequest into, MetaError error) {
    into.error = error;
    return false;
  }
}
