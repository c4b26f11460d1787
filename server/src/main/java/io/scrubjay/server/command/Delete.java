package io.scrubjay.server.command;

import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Tally;
import io.scrubjay.server.stats.Counter;

/// `delete`. Source: spec 2.4. Threads: the worker's.
public final class Delete {
  public enum Outcome {
    DELETED,
    NOT_FOUND,
    PENDING
  }

  private final VerbContext context;

  public Delete(VerbContext context) {
    this.context = context;
  }

  public Outcome apply(Key key) {
    try (Entry entry = context.session().open(key)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      if (lookup != Lookup.HIT) {
        context.countMiss(lookup, Counter.DELETE_MISSES);
        return Outcome.NOT_FOUND;
      }
      context.counters().add(Counter.DELETE_HITS);
      context.session().tally(Tally.DELETE_HITS);
      entry.remove();
      return Outcome.DELETED;
    }
  }
}
