package io.scrubjay.server.command;

import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Tally;
import io.scrubjay.server.stats.Counter;

/// `touch`, and the touching half of `gat`. Source: spec 2.3, 2.4. Threads: the worker's.
public final class Touch {
  public enum Outcome {
    TOUCHED,
    NOT_FOUND,
    PENDING
  }

  private final VerbContext context;

  public Touch(VerbContext context) {
    this.context = context;
  }

  public Outcome apply(Key key, int deadline) {
    try (Entry entry = context.session().open(key)) {
      return apply(entry, deadline);
    }
  }

  /// The same on an entry that the caller has open and goes on to read.
  public Outcome apply(Entry entry, int deadline) {
    Lookup lookup = entry.lookup();
    if (lookup == Lookup.PENDING) {
      return Outcome.PENDING;
    }
    context.counters().add(Counter.CMD_TOUCH);
    if (lookup != Lookup.HIT) {
      context.countMiss(lookup, Counter.TOUCH_MISSES);
      return Outcome.NOT_FOUND;
    }
    context.counters().add(Counter.TOUCH_HITS);
    context.session().tally(Tally.TOUCH_HITS);
    entry.deadline(deadline);
    entry.bump();
    return Outcome.TOUCHED;
  }
}
