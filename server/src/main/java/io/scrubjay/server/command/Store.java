package io.scrubjay.server.command;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.Tally;
import io.scrubjay.server.stats.Counter;

/// `set`, `add`, `replace`, `append`, `prepend` and `cas`: memory first, the condition when the
/// value is there. Source: spec 2.2. Threads: the worker's.
public final class Store {
  public enum Mode {
    SET,
    ADD,
    REPLACE,
    APPEND,
    PREPEND,
    CAS
  }

  public enum Outcome {
    STORED,
    NOT_STORED,
    EXISTS,
    NOT_FOUND,
    PENDING
  }

  private final VerbContext context;
  private final Session session;
  private final Draft joined;
  private long storedCas;

  public Store(VerbContext context) {
    this.context = context;
    this.session = context.session();
    this.joined = session.newDraft();
  }

  /// Takes memory for the value that is about to arrive. When that fails for a `set`, what is
  /// stored under the key goes too: better a miss than a value the client believes replaced (spec
  /// T-22).
  public Reserve reserve(
      Draft draft, Key key, int clientFlags, int deadline, int valueBytes, boolean dropOldOnFail) {
    Reserve reserve = session.reserve(draft, key, clientFlags, deadline, valueBytes);
    switch (reserve) {
      case RESERVED -> {
        context.counters().add(Counter.CMD_SET);
        session.tally(Tally.CMD_SET);
      }
      case TOO_LARGE -> context.counters().add(Counter.STORE_TOO_LARGE);
      case OUT_OF_MEMORY -> context.counters().add(Counter.STORE_NO_MEMORY);
    }
    if (reserve != Reserve.RESERVED && dropOldOnFail) {
      drop(key);
    }
    return reserve;
  }

  /// Stores the complete `draft` under `key` if `mode` allows it; otherwise the draft stays the
  /// caller's.
  public Outcome commit(Mode mode, long casUnique, Key key, Draft draft) {
    try (Entry entry = session.open(key)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      context.countLookup(lookup);
      boolean present = lookup == Lookup.HIT;
      return switch (mode) {
        case SET -> put(entry, draft);
        case ADD -> {
          if (present) {
            entry.bump();
            yield Outcome.NOT_STORED;
          }
          yield put(entry, draft);
        }
        case REPLACE -> present ? put(entry, draft) : Outcome.NOT_STORED;
        case APPEND, PREPEND -> present ? join(mode, entry, key, draft) : Outcome.NOT_STORED;
        case CAS -> compareAndPut(present, casUnique, entry, draft);
      };
    }
  }

  /// The CAS id that the last [Outcome#STORED] gave.
  public long storedCas() {
    return storedCas;
  }

  private Outcome put(Entry entry, Draft draft) {
    storedCas = entry.put(draft, 0);
    return Outcome.STORED;
  }

  private Outcome compareAndPut(boolean present, long casUnique, Entry entry, Draft draft) {
    if (!present) {
      context.counters().add(Counter.CAS_MISSES);
      return Outcome.NOT_FOUND;
    }
    if (casUnique == 0 || entry.item().cas != casUnique) {
      context.counters().add(Counter.CAS_BADVAL);
      session.tally(Tally.CAS_BADVAL);
      return Outcome.EXISTS;
    }
    context.counters().add(Counter.CAS_HITS);
    session.tally(Tally.CAS_HITS);
    return put(entry, draft);
  }

  /// The old value and the new one as one item, with the old one's flags and deadline (spec T-31).
  private Outcome join(Mode mode, Entry entry, Key key, Draft draft) {
    long bytes = (long) entry.item().valueBytes + draft.valueBytes();
    if (bytes > Integer.MAX_VALUE
        || session.reserve(
                joined, key, entry.item().clientFlags, entry.item().deadline, (int) bytes)
            != Reserve.RESERVED) {
      return Outcome.NOT_STORED;
    }
    boolean copied =
        mode == Mode.APPEND
            ? entry.copyValueTo(joined) && draft.copyValueTo(joined)
            : draft.copyValueTo(joined) && entry.copyValueTo(joined);
    if (!copied) {
      joined.discard();
      return Outcome.NOT_STORED;
    }
    return put(entry, joined);
  }

  private void drop(Key key) {
    try (Entry entry = session.open(key)) {
      if (entry.lookup() == Lookup.HIT) {
        entry.remove();
      }
    }
  }
}
