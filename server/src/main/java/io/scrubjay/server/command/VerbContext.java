package io.scrubjay.server.command;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Session;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.stats.PrefixStatistics;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.server.watch.WatchLog;
import io.scrubjay.server.watch.WatchStream;

/// What every verb of one worker works with. Threads: the worker's.
///
/// @param carriesCas false for `-C`: what is stored has no place for a CAS id
/// @param log lines for those who watch
/// @param trace lines for the operator
/// @param prefixes figures by the beginnings of keys
public record VerbContext(
    Session session,
    WorkerCounters counters,
    CacheClock clock,
    boolean carriesCas,
    WatchLog log,
    LookupTrace trace,
    PrefixStatistics prefixes) {

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

  /// Tells those who watch of a lookup that found nothing, whichever verb made it.
  public void logMiss(Key key, Lookup lookup) {
    if (trace.traces()) {
      trace.lookedUp(key, lookup);
    }
    if (log.wants(WatchStream.FETCHERS)) {
      log.fetched(key, lookup, 0, 0);
    }
  }

  /// The same of one that found an item.
  public void logHit(Key key, int slabClass, int valueBytes) {
    if (trace.traces()) {
      trace.lookedUp(key, Lookup.HIT);
    }
    if (log.wants(WatchStream.FETCHERS)) {
      log.fetched(key, Lookup.HIT, slabClass, valueBytes);
    }
  }

  /// The same of an entry whose lookup is known.
  void logLookup(Key key, Entry entry) {
    if (entry.lookup() == Lookup.HIT) {
      logHit(key, entry.item().slabClass, entry.item().valueBytes);
    } else {
      logMiss(key, entry.lookup());
    }
  }

  /// Tells those who watch of an item that is there now.
  void logStored(Key key, Entry entry, Store.Mode mode) {
    if (log.wants(WatchStream.MUTATIONS)) {
      ItemHeader item = entry.item();
      log.stored(key, "stored", mode.word(), ttl(item.deadline), item.slabClass, item.valueBytes);
    }
  }

  /// Seconds left, below 0 for what is dead already, 0 for what never dies.
  int ttl(int deadline) {
    return deadline == 0 ? 0 : deadline - clock.now();
  }
}
