package io.scrubjay.server.command;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Session;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.stats.WorkerCounters;

/// What every verb of one worker works with. Threads: the worker's.
public record VerbContext(Session session, WorkerCounters counters, CacheClock clock) {

  /// Counts why a looked-up key was not there, whichever verb asked; nothing for a hit.
  public void countLookup(Lookup lookup) {
    if (lookup == Lookup.EXPIRED) {
      counters.add(Counter.GET_EXPIRED);
    } else if (lookup == Lookup.FLUSHED) {
      counters.add(Counter.GET_FLUSHED);
    }
  }

  /// The same, and one of the verb's own misses.
  public void countMiss(Lookup lookup, Counter misses) {
    counters.add(misses);
    countLookup(lookup);
  }

  /// A write that leaves the present item there counts as an access, but not as a fetch (spec 3.4,
  /// flag `h`).
  static void bumpUnfetched(Entry entry) {
    boolean fetched = entry.item().has(ItemHeader.FETCHED);
    entry.bump();
    if (!fetched) {
      entry.marks(0, ItemHeader.FETCHED);
    }
  }
}
