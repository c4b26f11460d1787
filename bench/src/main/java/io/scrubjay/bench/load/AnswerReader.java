package io.scrubjay.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Checks the answers to one batch as they arrive, by a few wide comparisons at known places: the
/// word, the key's mark, flags and length, the value's mark, the line ends. What differs is looked
/// at byte by byte only to tell a miss from a wrong answer.
///
/// Threads: confined to a loop. Errors: [#check] answers [#WRONG] for good, [#wrongAt] says where.
final class AnswerReader {
  static final int WRONG = -1;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long VALUE_WORD = littleEndian("VALUE ");
  private static final long VALUE_WORD_BITS = (1L << 48) - 1;
  private static final long STORED_LINE = littleEndian("STORED\r\n");
  private static final int STORED_BYTES = 8;
  private static final int END_LINE = (int) littleEndian("END\r");
  private static final int END_BYTES = 5;
  private static final short LINE_END = (short) littleEndian("\r\n");

  private final RequestTape tape;
  private final boolean missesAllowed;
  private final boolean markedValues;
  private final int keyMarkAt;
  private final int headerBytes;
  private final int itemBytes;
  private final long afterKey;
  private final long afterKeyBits;

  private int request;
  private int requestEnd;
  private int mark;
  private int answered;
  private long wrongAt;
  private long misses;

  AnswerReader(Workload workload, RequestTape tape) {
    var format = new WireFormat(workload);
    this.tape = tape;
    this.missesAllowed = workload.missesAllowed();
    this.markedValues = format.markedValues();
    this.keyMarkAt = "VALUE ".length() + workload.keyBytes() - Workload.MARK_BYTES;
    this.headerBytes = format.headerBytes();
    this.itemBytes = format.itemBytes();
    String after = format.afterKey();
    int compared = Math.min(after.length(), Long.BYTES);
    this.afterKey = littleEndian(after.substring(0, compared));
    this.afterKeyBits = compared == Long.BYTES ? -1L : (1L << (compared * 8)) - 1;
  }

  private static long littleEndian(String ascii) {
    long bits = 0;
    byte[] bytes = ascii.getBytes(US_ASCII);
    for (int i = bytes.length - 1; i >= 0; i--) {
      bits = bits << 8 | (bytes[i] & 0xFF);
    }
    return bits;
  }

  /// Room that must be free behind an incomplete answer for it to become complete.
  int answerBytesMax() {
    return Math.max(itemBytes, STORED_BYTES);
  }

  void expectBatch(int batch) {
    request = batch * tape.depth();
    requestEnd = request + tape.depth();
    mark = tape.firstMark(request);
  }

  boolean batchComplete() {
    return request == requestEnd;
  }

  /// Requests whose answers [#check] completed in its last call.
  int answered() {
    return answered;
  }

  long misses() {
    return misses;
  }

  long wrongAt() {
    return wrongAt;
  }

  /// Checks the answers in `[from, to)` of `input`; returns where the first incomplete one begins,
  /// or [#WRONG]. More bytes than the batch's answers have are wrong.
  int check(MemorySegment input, int from, int to) {
    answered = 0;
    int at = from;
    while (request < requestEnd) {
      int marksEnd = tape.firstMark(request + 1);
      int next =
          tape.firstMark(request) == marksEnd
              ? checkStored(input, at, to)
              : checkItems(input, at, to, marksEnd);
      if (next <= 0) {
        return next == WRONG ? WRONG : -next - 2;
      }
      at = next;
      request++;
      answered++;
    }
    return at == to ? at : wrong(at);
  }

  private int checkStored(MemorySegment input, int at, int to) {
    if (to - at < STORED_BYTES) {
      return arriving(input, at, to, STORED_LINE) ? incomplete(at) : wrong(at);
    }
    return input.get(LONG, at) == STORED_LINE ? at + STORED_BYTES : wrong(at);
  }

  private int checkItems(MemorySegment input, int from, int to, int marksEnd) {
    int at = from;
    while (mark < marksEnd && to - at >= itemBytes && isItem(input, at)) {
      if (!skipMissesUpTo(input.get(LONG, at + keyMarkAt), marksEnd)) {
        return wrong(at);
      }
      mark++;
      at += itemBytes;
    }
    if (to - at >= END_BYTES
        && input.get(INT, at) == END_LINE
        && input.get(ValueLayout.JAVA_BYTE, at + 4L) == '\n') {
      misses += marksEnd - mark;
      if (mark < marksEnd && !missesAllowed) {
        return wrong(at);
      }
      mark = marksEnd;
      return at + END_BYTES;
    }
    boolean itemArriving =
        mark < marksEnd && to - at < itemBytes && arriving(input, at, to, VALUE_WORD);
    boolean endArriving = to - at < END_BYTES && arriving(input, at, to, END_LINE);
    return itemArriving || endArriving ? incomplete(at) : wrong(at);
  }

  /// Whether what came so far is how `word` begins: an error line is shorter than an item, and
  /// waiting for the rest would be waiting for good.
  private static boolean arriving(MemorySegment input, int at, int to, long word) {
    long rest = word;
    for (int i = at; i < to && rest != 0; i++, rest >>>= 8) {
      if (input.get(ValueLayout.JAVA_BYTE, i) != (byte) rest) {
        return false;
      }
    }
    return true;
  }

  private boolean isItem(MemorySegment input, int at) {
    long word = input.get(LONG, at) & VALUE_WORD_BITS;
    long after = input.get(LONG, (long) at + keyMarkAt + Workload.MARK_BYTES) & afterKeyBits;
    boolean valueHolds =
        !markedValues
            || input.get(LONG, (long) at + headerBytes) == input.get(LONG, (long) at + keyMarkAt);
    return word == VALUE_WORD
        && after == afterKey
        && valueHolds
        && input.get(SHORT, at + headerBytes - 2L) == LINE_END
        && input.get(SHORT, at + itemBytes - 2L) == LINE_END;
  }

  private boolean skipMissesUpTo(long answeredMark, int marksEnd) {
    if (tape.mark(mark) == answeredMark) {
      return true;
    }
    while (missesAllowed && mark < marksEnd && tape.mark(mark) != answeredMark) {
      mark++;
      misses++;
    }
    return missesAllowed && mark < marksEnd;
  }

  /// Encoded as a number no position or [#WRONG] has.
  private static int incomplete(int at) {
    return -at - 2;
  }

  private int wrong(int at) {
    wrongAt = at;
    return WRONG;
  }

  /// What was expected where [#check] found something else, for a message.
  String expected() {
    if (request == requestEnd) {
      return "nothing more";
    }
    return tape.firstMark(request) == tape.firstMark(request + 1)
        ? "STORED"
        : "an item of " + itemBytes + " bytes or END";
  }
}
