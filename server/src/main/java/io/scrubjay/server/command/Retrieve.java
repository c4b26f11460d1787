package io.scrubjay.server.command;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.Tally;
import io.scrubjay.server.stats.Counter;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// `get`, `gat`, and what `mg` makes of them.
///
/// A plain read excludes nobody. The key is taken only when the request changes the item (a new
/// deadline, a win handed out, an item made on a miss) or tells of accesses before this one, which
/// a read that turns out not to fit must not have recorded yet. Source: spec 2.3, 3.4, 4.2.
/// Threads: the worker's.
public final class Retrieve {
  public enum Outcome {
    FOUND,
    NOT_FOUND,
    /// There, but the reply wants [HitReply#neededBytes]; nothing was changed.
    NO_ROOM,
    /// There, but so many readers hold the value that no more can be counted.
    TOO_MANY_PINS,
    PENDING
  }

  /// What a request asks for beside the item: a reusable cursor. As [#plain] leaves it, a `get`.
  public static final class Terms {
    /// The read counts as an access.
    public boolean bumps = true;

    /// The reply tells of accesses before this one.
    public boolean tellsAccess;

    /// An item that is there is given `deadline`.
    public boolean touches;

    public int deadline;

    /// A miss counts as a touch that missed, not as a get (`gat`, unlike `mg` with `T`).
    public boolean missesAsTouch;

    /// The client knows of stale items and can be told that it wins: it speaks meta.
    public boolean takesWins;

    /// A miss makes an empty item, and this client wins.
    public boolean vivifies;

    public int vivifyDeadline;

    /// The new item's CAS id; 0: the next one.
    public long vivifyCas;

    /// [ItemHeader] marks that the new item is born with.
    public int vivifyMarks;

    /// An item that dies before this deadline makes this client win; 0: none does.
    public int recacheDeadline;

    /// The new deadline is what `recacheDeadline` is compared with.
    public boolean recacheSeesTouch;

    public void plain() {
      bumps = true;
      tellsAccess = false;
      touches = false;
      deadline = 0;
      missesAsTouch = false;
      takesWins = false;
      vivifies = false;
      vivifyDeadline = 0;
      vivifyCas = 0;
      vivifyMarks = 0;
      recacheDeadline = 0;
      recacheSeesTouch = false;
    }

    /// A `gat`.
    public void touch(int newDeadline) {
      plain();
      touches = true;
      deadline = newDeadline;
      missesAsTouch = true;
    }

    private boolean changesItem() {
      return touches || vivifies || recacheDeadline != 0;
    }
  }

  private final VerbContext context;
  private final Session session;
  private final Draft vivified;
  private final WinCheck winCheck = new WinCheck();

  public Retrieve(VerbContext context) {
    this.context = context;
    this.session = context.session();
    this.vivified = session.newDraft();
  }

  /// The plain read: whatever the item's marks, they don't matter to this client.
  public Outcome get(Key key, HitReply reply) {
    Lookup lookup = session.read(key, true, reply);
    return told(key, lookup, reply);
  }

  /// The read that `terms` describe.
  public Outcome fetch(Key key, Terms terms, HitReply reply) {
    if (terms.changesItem() || terms.tellsAccess) {
      return fromEntry(key, terms, reply, terms.bumps, null);
    }
    Lookup lookup = session.read(key, terms.bumps, winCheck.before(reply));
    return lookup == Lookup.HIT && winCheck.handsOutWin
        ? fromEntry(key, terms, reply, false, null)
        : told(key, lookup, reply);
  }

  /// A read without an entry came to `lookup`.
  private Outcome told(Key key, Lookup lookup, HitReply reply) {
    if (lookup != Lookup.HIT) {
      reply.forget();
      return missed(key, lookup, false);
    }
    if (!reply.finish()) {
      return Outcome.NO_ROOM;
    }
    countHit(false);
    context.logHit(key, reply.slabClass(), reply.itemBytes());
    return Outcome.FOUND;
  }

  /// The same for a value that is too large to copy: writes what comes before it and leaves it in
  /// `pin`, if the outcome is [Outcome#FOUND] and `pin` is then in use.
  public Outcome fetchPinned(Key key, Terms terms, HitReply reply, Pin pin) {
    return fromEntry(key, terms, reply, terms.bumps, pin);
  }

  private Outcome fromEntry(
      Key key, Terms terms, HitReply reply, boolean bumps, @Nullable Pin pin) {
    try (Entry entry = session.open(key)) {
      Lookup lookup = entry.lookup();
      boolean isNew = false;
      if (lookup != Lookup.HIT) {
        isNew = lookup != Lookup.PENDING && terms.vivifies && vivify(entry, key, terms);
        if (!isNew) {
          reply.forget();
          return missed(key, lookup, terms.missesAsTouch);
        }
        context.countLookup(lookup);
        context.logMiss(key, lookup);
      }
      ItemHeader item = entry.item();
      reply.isNew = isNew;
      reply.wins = isNew || (terms.takesWins && wins(item, terms));
      Outcome outcome = write(entry, item, reply, pin);
      if (outcome != Outcome.NO_ROOM && !isNew) {
        context.logHit(key, item.slabClass, item.valueBytes);
      }
      if (outcome == Outcome.FOUND) {
        countHit(terms.touches);
        change(entry, terms, reply, bumps);
      }
      return outcome;
    }
  }

  private static Outcome write(Entry entry, ItemHeader item, HitReply reply, @Nullable Pin pin) {
    if (pin != null && reply.carriesValue(item)) {
      if (!entry.pin(pin)) {
        return Outcome.TOO_MANY_PINS;
      }
      reply.headerOnly(item);
      return Outcome.FOUND;
    }
    if (reply.item(item) != ItemReader.DECLINED) {
      entry.copyValue(0, reply.target(), reply.valueAt(), item.valueBytes);
    }
    return reply.finish() ? Outcome.FOUND : Outcome.NO_ROOM;
  }

  /// What was to be told of the item has been told: now it may change.
  private static void change(Entry entry, Terms terms, HitReply reply, boolean bumps) {
    if (terms.touches && !reply.isNew) {
      entry.deadline(terms.deadline);
    }
    if (reply.wins) {
      entry.marks(ItemHeader.WON, 0);
    }
    if (bumps) {
      entry.bump();
    }
  }

  private static boolean wins(ItemHeader item, Terms terms) {
    if (item.has(ItemHeader.WON)) {
      return false;
    }
    int deadline = terms.touches && terms.recacheSeesTouch ? terms.deadline : item.deadline;
    boolean diesSoon =
        deadline != 0 && Integer.compareUnsigned(deadline, terms.recacheDeadline) < 0;
    return diesSoon || item.has(ItemHeader.STALE);
  }

  private boolean vivify(Entry entry, Key key, Terms terms) {
    if (session.reserve(vivified, key, 0, terms.vivifyDeadline, 0) != Reserve.RESERVED) {
      return false;
    }
    vivified.marks(terms.vivifyMarks);
    entry.put(vivified, terms.vivifyCas);
    return true;
  }

  private Outcome missed(Key key, Lookup lookup, boolean asTouch) {
    if (lookup == Lookup.PENDING) {
      return Outcome.PENDING;
    }
    context.counters().add(asTouch ? Counter.CMD_TOUCH : Counter.CMD_GET);
    context.logMiss(key, lookup);
    context.countMiss(lookup, asTouch ? Counter.TOUCH_MISSES : Counter.GET_MISSES);
    return Outcome.NOT_FOUND;
  }

  private void countHit(boolean asTouch) {
    context.counters().add(asTouch ? Counter.CMD_TOUCH : Counter.CMD_GET);
    context.counters().add(asTouch ? Counter.TOUCH_HITS : Counter.GET_HITS);
    session.tally(asTouch ? Tally.TOUCH_HITS : Tally.GET_HITS);
  }

  /// Stands before a reply and stops the unlocked read when the item is stale and nobody has won
  /// yet: only one client may, so the key must be taken.
  private static final class WinCheck implements ItemReader {
    private @Nullable HitReply reply;
    private boolean handsOutWin;

    WinCheck before(HitReply next) {
      reply = next;
      handsOutWin = false;
      return this;
    }

    private HitReply reply() {
      HitReply next = reply;
      if (next == null) {
        throw new AssertionError("asked before it was told of a reply");
      }
      return next;
    }

    @Override
    public long item(ItemHeader header) {
      handsOutWin = header.has(ItemHeader.STALE) && !header.has(ItemHeader.WON);
      return handsOutWin ? DECLINED : reply().item(header);
    }

    @Override
    public MemorySegment target() {
      return reply().target();
    }
  }
}
