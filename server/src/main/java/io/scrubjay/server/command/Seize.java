package io.scrubjay.server.command;

import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Tally;
import io.scrubjay.server.stats.Counter;
import java.lang.foreign.MemorySegment;

/// `seize`: get and delete in one, so that of many clients one gets the item. Counts as a get, and
/// as a delete when there is something. Allocates the value. Threads: the worker's.
public final class Seize {
  public enum Outcome {
    SEIZED,
    NOT_FOUND,
    PENDING
  }

  private final VerbContext context;
  private byte[] value = {};
  private int clientFlags;

  public Seize(VerbContext context) {
    this.context = context;
  }

  public Outcome apply(Key key) {
    try (Entry entry = context.session().open(key)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      context.counters().add(Counter.CMD_GET);
      if (lookup != Lookup.HIT) {
        context.countMiss(lookup, Counter.GET_MISSES);
        return Outcome.NOT_FOUND;
      }
      value = new byte[entry.item().valueBytes];
      clientFlags = entry.item().clientFlags;
      entry.copyValue(0, MemorySegment.ofArray(value), 0, value.length);
      entry.remove();
      context.counters().add(Counter.GET_HITS);
      context.session().tally(Tally.GET_HITS);
      context.counters().add(Counter.DELETE_HITS);
      context.session().tally(Tally.DELETE_HITS);
      return Outcome.SEIZED;
    }
  }

  /// Of the last [Outcome#SEIZED].
  public byte[] value() {
    return value;
  }

  /// Of the last [Outcome#SEIZED].
  public int clientFlags() {
    return clientFlags;
  }
}
