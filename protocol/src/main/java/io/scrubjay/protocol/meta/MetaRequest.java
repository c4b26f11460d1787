package io.scrubjay.protocol.meta;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import java.lang.foreign.MemorySegment;

/// One meta command: a reusable cursor that [MetaDecoder] fills and a verb reads.
///
/// Shape: public fields, as in [TextRequest]. Flags are kept in the order sent; a value of a flag
/// that wasn't sent is its default as said at the field. A key sent in base64 is decoded into
/// `scratch`, so `keySegment` is either the line's segment or that.
///
/// Threads: confined. Ownership: both segments are lent; `scratch` is overwritten by the next
/// decode.
public final class MetaRequest {
  /// Command, key, data length and flags together (spec X-03).
  public static final int TOKENS_MAX = 20;

  /// An `O` flag, its letter included (spec X-08).
  public static final int OPAQUE_BYTES_MAX = 32;

  /// What [#keep] wants of scratch.
  public static final int KEPT_BYTES_MAX = TextRequest.KEY_BYTES_MAX + OPAQUE_BYTES_MAX;

  public TextVerb verb = TextVerb.UNKNOWN;
  public MemorySegment keySegment = MemorySegment.NULL;
  public long keyOffset;
  public int keyLength;

  /// The key was sent in base64.
  public boolean binaryKey;

  /// `ms`: length of the data block, without its final CRLF.
  public int valueBytes;

  /// `T`, as sent; 0.
  public int exptime;

  /// `N`, as sent: deadline of the item created on a miss; 0.
  public int vivifyExptime;

  /// `R`: seconds; 0.
  public int recacheSeconds;

  /// `F`: 32 bits, unsigned; 0.
  public int clientFlags;

  /// `C`: 64 bits, unsigned; 0.
  public long compareCas;

  /// `E`: 64 bits, unsigned; 0, meaning the store's next one.
  public long explicitCas;

  /// `J`: 64 bits, unsigned; 0.
  public long initial;

  /// `D`: 64 bits, unsigned; 1.
  public long delta;

  /// `M`; [MetaMode#SET] for `ms`, [MetaMode#INCREMENT] for `ma`; meaningless for others.
  public MetaMode mode = MetaMode.SET;

  /// Means something only after a refusal.
  public MetaError error = MetaError.BAD_COMMAND_LINE;

  /// What to drop after a refused line: the data block that belongs to it and its CRLF.
  public int swallowBytes;

  final MemorySegment scratch;
  private final byte[] letters = new byte[TOKENS_MAX];
  private final int[] flagStarts = new int[TOKENS_MAX];
  private final int[] flagLengths = new int[TOKENS_MAX];
  private MemorySegment line = MemorySegment.NULL;
  private long lineStart;
  private int flags;

  /// Bit `letter - 'A'`; letters beyond `z` never get here.
  private long present;

  /// `scratch` holds at least [TextRequest#KEY_BYTES_MAX] bytes.
  public MetaRequest(MemorySegment scratch) {
    if (scratch.byteSize() < TextRequest.KEY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "scratch of " + scratch.byteSize() + " bytes, must be " + TextRequest.KEY_BYTES_MAX);
    }
    this.scratch = scratch;
  }

  void begin(TextVerb verb, MemorySegment line, long lineStart) {
    this.verb = verb;
    this.line = line;
    this.lineStart = lineStart;
    keySegment = line;
    keyLength = 0;
    binaryKey = false;
    valueBytes = 0;
    exptime = 0;
    vivifyExptime = 0;
    recacheSeconds = 0;
    clientFlags = 0;
    compareCas = 0;
    explicitCas = 0;
    initial = 0;
    delta = 1;
    mode = verb == TextVerb.MA ? MetaMode.INCREMENT : MetaMode.SET;
    swallowBytes = 0;
    flags = 0;
    present = 0;
  }

  /// Makes this a copy of `other` that needs none of its bytes: fit for [MetaEncoder], whatever
  /// becomes of the line. Tokens other than the opaque are not kept. The scratch of this one holds
  /// at least [#KEPT_BYTES_MAX] bytes.
  public void keep(MetaRequest other) {
    begin(other.verb, scratch, 0);
    MemorySegment.copy(other.keySegment, other.keyOffset, scratch, 0, other.keyLength);
    keyOffset = 0;
    keyLength = other.keyLength;
    binaryKey = other.binaryKey;
    valueBytes = other.valueBytes;
    exptime = other.exptime;
    vivifyExptime = other.vivifyExptime;
    recacheSeconds = other.recacheSeconds;
    clientFlags = other.clientFlags;
    compareCas = other.compareCas;
    explicitCas = other.explicitCas;
    initial = other.initial;
    delta = other.delta;
    mode = other.mode;
    flags = other.flags;
    present = other.present;
    for (int i = 0; i < flags; i++) {
      letters[i] = other.letters[i];
      flagStarts[i] = keyLength;
      flagLengths[i] = 0;
      if (letters[i] == 'O') {
        flagLengths[i] = other.flagLengths[i];
        MemorySegment.copy(other.line, other.flagOffset(i), scratch, keyLength, flagLengths[i]);
      }
    }
  }

  /// How many flags were sent.
  public int flags() {
    return flags;
  }

  /// The letter of a flag, by order of sending.
  public byte flag(int index) {
    return letters[checked(index)];
  }

  /// Whether the flag was sent.
  public boolean has(char letter) {
    return letter >= 'A' && (present & bit((byte) letter)) != 0;
  }

  /// No reply of the ordinary kind (spec 3.1, the quiet matrix).
  public boolean quiet() {
    return has('q');
  }

  /// Where the flags lie.
  MemorySegment line() {
    return line;
  }

  /// Of the flag's letter; its token follows.
  long flagOffset(int index) {
    return lineStart + flagStarts[checked(index)];
  }

  /// The letter and its token.
  int flagLength(int index) {
    return flagLengths[checked(index)];
  }

  /// Takes a flag in; the caller has counted that there is room.
  void add(long offset, int length) {
    letters[flags] = line.get(JAVA_BYTE, offset);
    flagStarts[flags] = (int) (offset - lineStart);
    flagLengths[flags] = length;
    flags++;
  }

  /// Marks the letter as sent; false when it was already.
  boolean mark(byte letter) {
    long bit = bit(letter);
    boolean isNew = (present & bit) == 0;
    present |= bit;
    return isNew;
  }

  /// Makes the decoded base64 in `scratch` the key.
  void decodedKey(int length) {
    keySegment = scratch;
    keyOffset = 0;
    keyLength = length;
    binaryKey = true;
  }

  private int checked(int index) {
    if (index >= flags) {
      throw new IndexOutOfBoundsException("flag " + index + " of " + flags);
    }
    return index;
  }

  private static long bit(byte letter) {
    return 1L << (letter - 'A');
  }
}
