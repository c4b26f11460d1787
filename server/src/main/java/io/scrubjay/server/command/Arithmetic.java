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
/// with spaces, unless somebody has the value pinned; a longer one becomes a new item (spec 2.4).
/// Limits: values of more than [#VALUE_BYTES_MAX] bytes are no numbers. Threads: the worker's.
public final class Arithmetic {
  /// A number with more blanks behind it than this isn't taken for one.
  static final int VALUE_BYTES_MAX = 4096;

  private static final int DIGITS_MAX = 20;
  private static final byte SPACE = ' ';

  public enum Outcome {
    DONE,
    NOT_FOUND,
    NON_NUMERIC,
    OUT_OF_MEMORY,
    PENDING
  }

  private final VerbContext context;
  private final MemorySegment text;
  private final ByteOutput digits;
  private final Draft longer;
  private long result;

  /// `arena` lives as long as the worker.
  public Arithmetic(VerbContext context, Arena arena) {
    this.context = context;
    this.text = arena.allocate(VALUE_BYTES_MAX);
    this.digits = new ByteOutput(text);
    this.longer = context.session().newDraft();
  }

  public Outcome apply(Key key, boolean increment, long delta) {
    try (Entry entry = context.session().open(key)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      if (lookup != Lookup.HIT) {
        context.countMiss(lookup, increment ? Counter.INCR_MISSES : Counter.DECR_MISSES);
        return Outcome.NOT_FOUND;
      }
      ItemHeader item = entry.item();
      if (item.valueBytes > VALUE_BYTES_MAX) {
        return Outcome.NON_NUMERIC;
      }
      entry.copyValue(0, text, 0, item.valueBytes);
      if (!parse(item.valueBytes)) {
        return Outcome.NON_NUMERIC;
      }
      result = next(increment, delta);
      context.counters().add(increment ? Counter.INCR_HITS : Counter.DECR_HITS);
      context.session().tally(increment ? Tally.INCR_HITS : Tally.DECR_HITS);
      return write(key, entry, item);
    }
  }

  /// The number after the last [Outcome#DONE]; unsigned.
  public long result() {
    return result;
  }

  private long next(boolean increment, long delta) {
    if (increment) {
      return result + delta;
    }
    return Long.compareUnsigned(delta, result) > 0 ? 0 : result - delta;
  }

  private Outcome write(Key key, Entry entry, ItemHeader item) {
    digits.position(0);
    digits.putUnsigned(result);
    int length = (int) digits.position();
    if (length <= item.valueBytes) {
      for (int at = length; at < item.valueBytes; at++) {
        text.set(JAVA_BYTE, at, SPACE);
      }
      if (entry.overwrite(text, 0, item.valueBytes, 0)) {
        entry.bump();
        return Outcome.DONE;
      }
    }
    Reserve reserve =
        context.session().reserve(longer, key, item.clientFlags, item.deadline, length);
    if (reserve != Reserve.RESERVED) {
      return Outcome.OUT_OF_MEMORY;
    }
    if (!longer.append(text, 0, length)) {
      longer.discard();
      return Outcome.OUT_OF_MEMORY;
    }
    entry.put(longer, 0);
    return Outcome.DONE;
  }

  /// Reads the first `length` bytes of `text` into `result`: blanks, a `+`, digits, then the end or
  /// a blank. False for anything else and for what exceeds 64 bits.
  private boolean parse(int length) {
    int at = 0;
    while (at < length && isBlank(text.get(JAVA_BYTE, at))) {
      at++;
    }
    if (at < length && text.get(JAVA_BYTE, at) == '+') {
      at++;
    }
    int first = at;
    int significant = 0;
    long value = 0;
    for (; at < length; at++) {
      int digit = text.get(JAVA_BYTE, at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (significant == DIGITS_MAX || overflows(value, digit)) {
        return false;
      }
      value = value * 10 + digit;
      significant += value == 0 ? 0 : 1;
    }
    result = value;
    return at > first && (at == length || isBlank(text.get(JAVA_BYTE, at)));
  }

  private static boolean overflows(long value, int digit) {
    long most = Long.divideUnsigned(-1L, 10);
    int compared = Long.compareUnsigned(value, most);
    return compared > 0 || (compared == 0 && digit > 5);
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r');
  }
}
