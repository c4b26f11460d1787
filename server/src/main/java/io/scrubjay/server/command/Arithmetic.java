package io.scrubjay.server.command;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Tally;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.server.stats.Counter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `incr` and `decr`: the stored text is a number, its successor is written over it when it fits.
///
/// Shape: incr wraps at 2^64, decr stops at 0. A shorter result keeps the old length, filled up
/// with spaces, unless somebody has the value pinned; a longer one becomes a new item (spec 2.4,
/// 3.7). Limits: items of more than [#ITEM_BYTES_MAX] are no numbers. Threads: the worker's.
public final class Arithmetic {
  /// memcached keeps what is larger in pieces, and takes nothing in pieces for a number.
  static final int ITEM_BYTES_MAX = 512 * 1024;

  private static final int FIRST_TEXT_BYTES = 4096;

  private static final int DIGITS_MAX = 20;
  private static final byte SPACE = ' ';

  public enum Outcome {
    DONE,
    NOT_FOUND,
    /// There, with another CAS id.
    EXISTS,
    NON_NUMERIC,
    OUT_OF_MEMORY,
    /// For the item that a miss should have made.
    OUT_OF_MEMORY_CREATING,
    PENDING
  }

  /// How a request wants it done: a reusable cursor.
  public static final class Terms {
    public boolean increments;
    public long delta;

    /// The CAS id that the present item must have; 0: any.
    public long compareCas;

    /// Given to the item; 0: the next one.
    public long explicitCas;

    /// `deadline` is given to an item that was there.
    public boolean touches;

    public int deadline;

    /// A miss makes an item that holds `initial`, to which `delta` isn't applied.
    public boolean vivifies;

    public long initial;
    public int vivifyDeadline;

    /// [ItemHeader] marks that the new item is born with.
    public int vivifyMarks;

    /// Nothing beyond what classic text can say.
    public void plain(boolean plainIncrements, long plainDelta) {
      increments = plainIncrements;
      delta = plainDelta;
      compareCas = 0;
      explicitCas = 0;
      touches = false;
      deadline = 0;
      vivifies = false;
      initial = 0;
      vivifyDeadline = 0;
      vivifyMarks = 0;
    }
  }

  private final VerbContext context;
  private final Arena arena;
  private MemorySegment text;
  private ByteOutput digits;
  private final Draft fresh;
  private long result;

  /// How far [#parse] looked.
  private int parsedBytes;

  private long cas;
  private int deadline;
  private boolean isNew;

  /// `arena` lives as long as the worker.
  public Arithmetic(VerbContext context, Arena arena) {
    this.context = context;
    this.arena = arena;
    this.text = arena.allocate(FIRST_TEXT_BYTES);
    this.digits = new ByteOutput(text);
    this.fresh = context.session().newDraft();
  }

  public Outcome apply(Key key, Terms terms) {
    try (Entry entry = context.session().open(key)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      context.logLookup(key, entry);
      if (lookup != Lookup.HIT) {
        return absent(key, entry, lookup, terms);
      }
      ItemHeader item = entry.item();
      // Told before the CAS id is looked at, as by memcached; what it has to read comes after.
      if (item.valueBytes == 0 || item.totalBytes > ITEM_BYTES_MAX) {
        return Outcome.NON_NUMERIC;
      }
      if (terms.compareCas != 0 && item.cas != terms.compareCas) {
        return Outcome.EXISTS;
      }
      if (!read(entry, item.valueBytes)) {
        return Outcome.NON_NUMERIC;
      }
      result = next(terms.increments, terms.delta);
      boolean up = terms.increments;
      context.counters().add(up ? Counter.INCR_HITS : Counter.DECR_HITS);
      context.session().tally(up ? Tally.INCR_HITS : Tally.DECR_HITS);
      return write(key, entry, item, terms);
    }
  }

  /// The number after the last [Outcome#DONE]; unsigned.
  public long result() {
    return result;
  }

  /// The CAS id that the last [Outcome#DONE] gave.
  public long cas() {
    return cas;
  }

  /// The deadline that the item had before the last [Outcome#DONE] touched it.
  public int deadline() {
    return deadline;
  }

  /// The last [Outcome#DONE] made the item.
  public boolean created() {
    return isNew;
  }

  private Outcome absent(Key key, Entry entry, Lookup lookup, Terms terms) {
    if (!terms.vivifies) {
      context.countMiss(lookup, terms.increments ? Counter.INCR_MISSES : Counter.DECR_MISSES);
      return Outcome.NOT_FOUND;
    }
    context.countLookup(lookup);
    result = terms.initial;
    if (!create(key, entry, 0, terms.vivifyDeadline, terms.vivifyMarks, terms)) {
      return Outcome.OUT_OF_MEMORY_CREATING;
    }
    // memcached adds the item, and an add looks first.
    context.logMiss(key, lookup);
    context.logStored(key, entry, Store.Mode.ADD);
    tell(entry, true);
    return Outcome.DONE;
  }

  /// Most values are short, and most long ones show by their first bytes that they are no number:
  /// the bucket is locked, so no more is copied than has to be.
  private boolean read(Entry entry, int valueBytes) {
    int first = Math.min(valueBytes, FIRST_TEXT_BYTES);
    entry.copyValue(0, text, 0, first);
    boolean isNumber = parse(first);
    boolean decided = first == valueBytes || parsedBytes < first;
    if (decided && !isNumber) {
      return false;
    }
    makeRoom(valueBytes);
    if (!decided) {
      entry.copyValue(0, text, 0, valueBytes);
      isNumber = parse(valueBytes);
    }
    return isNumber;
  }

  /// Doubles `text`, so that all it ever had is less than twice the largest.
  private void makeRoom(int bytes) {
    if (bytes > text.byteSize()) {
      text = arena.allocate(2L * Integer.highestOneBit(bytes));
      digits = new ByteOutput(text);
    }
  }

  private long next(boolean increment, long delta) {
    if (increment) {
      return result + delta;
    }
    return Long.compareUnsigned(delta, result) > 0 ? 0 : result - delta;
  }

  private Outcome write(Key key, Entry entry, ItemHeader item, Terms terms) {
    int length = print();
    if (length <= item.valueBytes) {
      for (int at = length; at < item.valueBytes; at++) {
        text.set(JAVA_BYTE, at, SPACE);
      }
      if (entry.overwrite(text, 0, item.valueBytes, terms.explicitCas)) {
        entry.renew();
        return done(entry, terms);
      }
    }
    return create(key, entry, item.clientFlags, item.deadline, 0, terms)
        ? done(entry, terms)
        : Outcome.OUT_OF_MEMORY;
  }

  /// Puts the result's digits at the start of `text`; returns how many.
  private int print() {
    digits.position(0);
    digits.putUnsigned(result);
    return (int) digits.position();
  }

  /// Puts a new item that holds the result. False when memory ran out.
  private boolean create(
      Key key, Entry entry, int clientFlags, int newDeadline, int marks, Terms terms) {
    int length = print();
    Reserve reserve = context.session().reserve(fresh, key, clientFlags, newDeadline, length);
    if (reserve != Reserve.RESERVED) {
      return false;
    }
    if (!fresh.append(text, 0, length)) {
      fresh.discard();
      return false;
    }
    fresh.marks(marks);
    entry.put(fresh, terms.explicitCas);
    return true;
  }

  private Outcome done(Entry entry, Terms terms) {
    tell(entry, false);
    if (terms.touches) {
      entry.deadline(terms.deadline);
    }
    return Outcome.DONE;
  }

  private void tell(Entry entry, boolean made) {
    isNew = made;
    cas = entry.item().cas;
    deadline = entry.item().deadline;
  }

  /// Reads the first `length` bytes of `text` into `result` as C's strtoull does: blanks, a sign,
  /// digits, then the end or a blank. False for anything else, for what exceeds 64 bits, and for a
  /// minus in front of what then has the highest bit, as every number in real use has.
  private boolean parse(int length) {
    int at = 0;
    while (at < length && isBlank(text.get(JAVA_BYTE, at))) {
      at++;
    }
    byte sign = at < length ? text.get(JAVA_BYTE, at) : 0;
    int first = sign == '+' || sign == '-' ? at + 1 : at;
    int significant = 0;
    long value = 0;
    for (at = first; at < length; at++) {
      int digit = text.get(JAVA_BYTE, at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (significant == DIGITS_MAX || overflows(value, digit)) {
        parsedBytes = at;
        return false;
      }
      value = value * 10 + digit;
      significant += value == 0 ? 0 : 1;
    }
    parsedBytes = at;
    result = sign == '-' ? -value : value;
    boolean negative = sign == '-' && result < 0;
    return !negative && at > first && (at == length || endsNumber(text.get(JAVA_BYTE, at)));
  }

  private static boolean overflows(long value, int digit) {
    long most = Long.divideUnsigned(-1L, 10);
    int compared = Long.compareUnsigned(value, most);
    return compared > 0 || (compared == 0 && digit > 5);
  }

  /// A zero byte ends text as C reads it.
  private static boolean endsNumber(byte value) {
    return value == 0 || isBlank(value);
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r');
  }
}
