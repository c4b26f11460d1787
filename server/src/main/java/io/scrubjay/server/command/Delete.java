package io.scrubjay.server.command;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.Tally;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.watch.WatchStream;
import org.jspecify.annotations.Nullable;

/// `delete`, and the gentler things that `md` does in its place: mark the item stale, or leave an
/// empty one. Source: spec 2.4, 3.6. Threads: the worker's.
public final class Delete {
  public enum Outcome {
    /// Or marked, or emptied.
    DELETED,
    NOT_FOUND,
    /// There, with another CAS id.
    EXISTS,
    OUT_OF_MEMORY,
    PENDING
  }

  /// How a request wants it done: a reusable cursor. As it is made, a `delete`.
  public static final class Terms {
    /// Only if the present item has `compareCas`.
    public boolean compares;

    public long compareCas;

    /// The item stays, stale, with a new CAS id, and the win is free again.
    public boolean invalidates;

    /// An empty item stays, with these `clientFlags`.
    public boolean empties;

    public int clientFlags;

    /// Given to what stays. 0: the next one, but an item only emptied keeps its own.
    public long explicitCas;

    /// `deadline` is given to what stays; an emptied item without it never dies.
    public boolean touches;

    public int deadline;

    /// The command's name for those who watch deletions; null: they aren't told. A request doesn't
    /// change it.
    public final @Nullable String loggedAs;

    public Terms(@Nullable String loggedAs) {
      this.loggedAs = loggedAs;
    }
  }

  private final VerbContext context;
  private final Draft empty;

  public Delete(VerbContext context) {
    this.context = context;
    this.empty = context.session().newDraft();
  }

  public Outcome apply(Key key, Terms terms) {
    try (Entry entry = open(key, terms)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      context.logLookup(key, entry);
      if (lookup != Lookup.HIT) {
        context.countMiss(lookup, Counter.DELETE_MISSES);
        return Outcome.NOT_FOUND;
      }
      if (terms.compares && entry.item().cas != terms.compareCas) {
        return Outcome.EXISTS;
      }
      if (!terms.invalidates) {
        context.counters().add(Counter.DELETE_HITS);
        context.session().tally(Tally.DELETE_HITS);
        log(key, entry, terms);
      }
      if (terms.empties && !leaveEmpty(key, entry, terms)) {
        return Outcome.OUT_OF_MEMORY;
      }
      if (terms.invalidates) {
        invalidate(entry, terms);
      } else if (!terms.empties) {
        entry.remove();
      }
      return Outcome.DELETED;
    }
  }

  private Entry open(Key key, Terms terms) {
    Session session = context.session();
    return terms.invalidates && !terms.empties ? session.open(key) : session.openHeader(key);
  }

  private void log(Key key, Entry entry, Terms terms) {
    if (terms.loggedAs != null && context.log().wants(WatchStream.DELETIONS)) {
      ItemHeader item = entry.item();
      context.log().deleted(key, terms.loggedAs, item.slabClass, item.valueBytes);
    }
  }

  private boolean leaveEmpty(Key key, Entry entry, Terms terms) {
    long cas = terms.explicitCas != 0 ? terms.explicitCas : entry.item().cas;
    int marks = entry.item().marks & ItemHeader.BINARY_KEY;
    Reserve reserve = context.session().reserve(empty, key, terms.clientFlags, terms.deadline, 0);
    if (reserve != Reserve.RESERVED) {
      return false;
    }
    empty.marks(marks);
    entry.put(empty, cas);
    return true;
  }

  private static void invalidate(Entry entry, Terms terms) {
    if (terms.touches) {
      entry.deadline(terms.deadline);
    }
    entry.cas(terms.explicitCas);
    entry.marks(ItemHeader.STALE, ItemHeader.WON);
  }
}
