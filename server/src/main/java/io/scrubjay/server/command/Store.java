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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `set`, `add`, `replace`, `append`, `prepend` and `cas`: memory first, the condition when the
/// value is there. Source: spec 2.2, 3.5. Threads: the worker's.
public final class Store {
  public enum Mode {
    SET,
    ADD,
    REPLACE,
    APPEND,
    PREPEND,
    CAS;

    /// For those who watch.
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public enum Outcome {
    STORED,
    NOT_STORED,
    EXISTS,
    NOT_FOUND,
    PENDING
  }

  /// How a request wants it stored: a reusable cursor. A server with `-C` looks at no CAS id: its
  /// [Mode#CAS] stores nothing, and the other modes don't compare.
  public static final class Terms {
    public Mode mode = Mode.SET;

    /// The CAS id that the present item must have for [Mode#CAS]; for [Mode#APPEND] and
    /// [Mode#PREPEND] too, unless it is 0.
    public long compareCas;

    /// Given to the item; 0: the next one.
    public long explicitCas;

    /// With [Mode#CAS], a `compareCas` older than the present one stores all the same, as a stale
    /// item with the present one's deadline and win.
    public boolean storesStale;

    /// [Mode#APPEND] and [Mode#PREPEND] store on a miss.
    public boolean vivifies;

    /// Nothing beyond what classic text can say.
    public void plain(Mode plainMode, long plainCompareCas) {
      mode = plainMode;
      compareCas = plainCompareCas;
      explicitCas = 0;
      storesStale = false;
      vivifies = false;
    }
  }

  private final VerbContext context;
  private final Session session;
  private final Draft joined;
  private long storedCas;
  private int storedBytes;

  public Store(VerbContext context) {
    this.context = context;
    this.session = context.session();
    this.joined = session.newDraft();
  }

  /// Takes memory for the value that is about to arrive.
  public Reserve reserve(Draft draft, Key key, int clientFlags, int deadline, int valueBytes) {
    Reserve reserve = session.reserve(draft, key, clientFlags, deadline, valueBytes);
    if (reserve == Reserve.RESERVED) {
      context.counters().add(Counter.CMD_SET);
      session.tally(Tally.CMD_SET);
    }
    return reserve;
  }

  /// There was no memory for a request's value. `drops`: what is stored under its key goes, since a
  /// miss is better than a value that the client believes replaced (spec T-22). `mode` is what
  /// those who watch are told; null: a binary request, of which they learn no command and which
  /// isn't counted (spec M-08). False: ask again when the engine knows more.
  public boolean refuse(Key key, Reserve why, boolean drops, @Nullable Mode mode) {
    if (!drops) {
      tellRefused(key, why, mode);
      return true;
    }
    try (Entry entry = session.openHeader(key)) {
      if (entry.lookup() == Lookup.PENDING) {
        return false;
      }
      tellRefused(key, why, mode);
      context.countLookup(entry.lookup());
      context.logLookup(key, entry);
      if (entry.lookup() == Lookup.HIT) {
        entry.remove();
      }
      return true;
    }
  }

  private void tellRefused(Key key, Reserve why, @Nullable Mode mode) {
    boolean tooLarge = why == Reserve.TOO_LARGE;
    if (mode != null) {
      context.counters().add(tooLarge ? Counter.STORE_TOO_LARGE : Counter.STORE_NO_MEMORY);
    }
    if (context.log().wants(WatchStream.MUTATIONS)) {
      String status = tooLarge ? "too_large" : "no_memory";
      context.log().stored(key, status, mode == null ? "null" : mode.word(), 0, 0, 0);
    }
  }

  /// Stores the complete `draft` under `key` if `terms` allow it; otherwise the draft stays the
  /// caller's.
  public Outcome commit(Terms terms, Key key, Draft draft) {
    try (Entry entry = open(terms.mode, key)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Outcome.PENDING;
      }
      context.countLookup(lookup);
      context.logLookup(key, entry);
      storedBytes = draft.valueBytes();
      Outcome outcome = decide(terms, entry, key, draft);
      log(outcome, terms, entry, key, draft);
      return outcome;
    }
  }

  private Entry open(Mode mode, Key key) {
    boolean joins = mode == Mode.APPEND || mode == Mode.PREPEND;
    return joins ? session.open(key) : session.openHeader(key);
  }

  private Outcome decide(Terms terms, Entry entry, Key key, Draft draft) {
    boolean present = entry.lookup() == Lookup.HIT;
    return switch (terms.mode) {
      case SET -> put(entry, draft, terms);
      case ADD -> {
        if (present) {
          entry.renew();
          yield Outcome.NOT_STORED;
        }
        yield put(entry, draft, terms);
      }
      case REPLACE -> present ? put(entry, draft, terms) : Outcome.NOT_STORED;
      case APPEND, PREPEND -> extend(present, terms, entry, key, draft);
      case CAS -> compareAndPut(present, terms, entry, draft);
    };
  }

  private void log(Outcome outcome, Terms terms, Entry entry, Key key, Draft draft) {
    if (outcome == Outcome.STORED) {
      context.logStored(key, entry, terms.mode);
    } else if (context.log().wants(WatchStream.MUTATIONS)) {
      String status = outcome.name().toLowerCase(Locale.ROOT);
      int ttl = context.ttl(draft.deadline());
      context
          .log()
          .stored(key, status, terms.mode.word(), ttl, draft.slabClass(), draft.valueBytes());
    }
  }

  /// The CAS id that the last [Outcome#STORED] gave.
  public long storedCas() {
    return storedCas;
  }

  /// The length of the whole value after the last [Outcome#STORED].
  public int storedBytes() {
    return storedBytes;
  }

  private Outcome put(Entry entry, Draft draft, Terms terms) {
    storedCas = entry.put(draft, terms.explicitCas);
    return Outcome.STORED;
  }

  private long compareCas(Terms terms) {
    return context.carriesCas() ? terms.compareCas : 0;
  }

  private Outcome compareAndPut(boolean present, Terms terms, Entry entry, Draft draft) {
    if (!present) {
      context.counters().add(Counter.CAS_MISSES);
      return Outcome.NOT_FOUND;
    }
    ItemHeader item = entry.item();
    long compared = compareCas(terms);
    boolean same = item.cas == compared;
    boolean older = terms.storesStale && Long.compareUnsigned(compared, item.cas) < 0;
    if (compared == 0 || !(same || older)) {
      context.counters().add(Counter.CAS_BADVAL);
      session.tally(Tally.CAS_BADVAL);
      context.trace().casDiffers(item.cas, compared);
      return Outcome.EXISTS;
    }
    context.counters().add(Counter.CAS_HITS);
    session.tally(Tally.CAS_HITS);
    return same ? put(entry, draft, terms) : putStale(entry, item, draft, terms);
  }

  private Outcome putStale(Entry entry, ItemHeader item, Draft draft, Terms terms) {
    int deadline = item.deadline;
    draft.marks(ItemHeader.STALE | (item.marks & ItemHeader.WON));
    put(entry, draft, terms);
    entry.deadline(deadline);
    return Outcome.STORED;
  }

  private Outcome extend(boolean present, Terms terms, Entry entry, Key key, Draft draft) {
    if (!present) {
      return terms.vivifies ? put(entry, draft, terms) : Outcome.NOT_STORED;
    }
    if (compareCas(terms) != 0 && entry.item().cas != terms.compareCas) {
      return Outcome.EXISTS;
    }
    return join(terms, entry, key, draft);
  }

  /// The old value and the new one as one item, with the old one's flags and deadline (spec T-31).
  private Outcome join(Terms terms, Entry entry, Key key, Draft draft) {
    ItemHeader item = entry.item();
    long bytes = (long) item.valueBytes + draft.valueBytes();
    if (bytes > Integer.MAX_VALUE
        || session.reserve(joined, key, item.clientFlags, item.deadline, (int) bytes)
            != Reserve.RESERVED) {
      return Outcome.NOT_STORED;
    }
    boolean copied =
        terms.mode == Mode.APPEND
            ? entry.copyValueTo(joined) && draft.copyValueTo(joined)
            : draft.copyValueTo(joined) && entry.copyValueTo(joined);
    if (!copied) {
      joined.discard();
      return Outcome.NOT_STORED;
    }
    storedBytes = (int) bytes;
    return put(entry, joined, terms);
  }
}
