package io.scrubjay.server.command;

import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Tally;
import io.scrubjay.server.stats.Counter;

/// `touch`: a new deadline, and nothing told of the item but that it is there. Source: spec 2.4.
/// Threads: the worker's.
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
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      context.logLookup(key, entry);
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
}
