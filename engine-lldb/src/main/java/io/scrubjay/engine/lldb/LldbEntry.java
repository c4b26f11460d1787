package io.scrubjay.engine.lldb;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Exclusive hold of a key: its stripe, and its record in the session's hands. Changes are made to
/// the record in hand and written by [#close], once.
///
/// Threads: confined to its session, which has one and uses it again and again.
final class LldbEntry implements Entry {
  private final LldbSession session;
  private @Nullable Lock stripe;
  private Lookup lookup = Lookup.MISS;

  /// A record lies on disk, dead or alive, of which this is known.
  private boolean wasThere;

  private long oldDeadline;
  private long oldTotalBytes;

  /// The record in hand is the item, and `session.header` tells of it.
  private boolean present;

  private boolean changed;

  LldbEntry(LldbSession session) {
    this.session = session;
  }

  boolean isOpen() {
    return stripe != null;
  }

  Entry pending() {
    lookup = Lookup.PENDING;
    return this;
  }

  Entry opened(Lock held, boolean found) {
    stripe = held;
    wasThere = found;
    changed = false;
    present = false;
    oldDeadline = 0;
    oldTotalBytes = 0;
    lookup = Lookup.MISS;
    if (found) {
      session.fillHeader();
      oldDeadline = ItemRecord.deadline(session.record());
      oldTotalBytes = session.header.totalBytes;
      lookup = session.database.freshness.judge(session.record());
      present = lookup == Lookup.HIT;
      changed = !present;
    }
    return this;
  }

  private void requirePresent() {
    if (!isOpen() || !present) {
      throw new AssertionError("no item is present");
    }
  }

  @Override
  public Lookup lookup() {
    return lookup;
  }

  @Override
  public ItemHeader item() {
    requirePresent();
    return session.header;
  }

  @Override
  public void copyValue(int valueOffset, MemorySegment target, long targetOffset, int bytes) {
    requirePresent();
    MemorySegment.copy(
        session.wholeRecord(),
        (long) ItemRecord.HEADER_BYTES + valueOffset,
        target,
        targetOffset,
        bytes);
  }

  @Override
  public boolean copyValueTo(Draft draft) {
    requirePresent();
    return draft.append(session.wholeRecord(), ItemRecord.HEADER_BYTES, session.valueBytes());
  }

  @Override
  public boolean overwrite(MemorySegment source, long sourceOffset, int bytes, long cas) {
    requirePresent();
    if (bytes != session.valueBytes()) {
      throw new AssertionError(bytes + " bytes over a value of " + session.valueBytes());
    }
    MemorySegment.copy(source, sourceOffset, session.wholeRecord(), ItemRecord.HEADER_BYTES, bytes);
    cas(cas);
    return true;
  }

  @Override
  public long put(Draft draft, long cas) {
    if (!isOpen()) {
      throw new AssertionError("the entry is closed");
    }
    session.adopt((LldbDraft) draft);
    present = true;
    lookup = Lookup.HIT;
    session.database.stored.increment();
    cas(cas);
    return session.header.cas;
  }

  @Override
  public void remove() {
    requirePresent();
    present = false;
    changed = true;
    lookup = Lookup.MISS;
  }

  @Override
  public void deadline(int deadline) {
    requirePresent();
    ItemRecord.deadline(
        session.wholeRecord(), ItemRecord.unixSecond(deadline, session.store.clock));
    refresh();
  }

  @Override
  public void bump() {
    requirePresent();
    session.bumpAccess();
    session.fillHeader();
  }

  @Override
  public void renew() {
    requirePresent();
    session.renewAccess();
    session.fillHeader();
  }

  @Override
  public void marks(int set, int clear) {
    requirePresent();
    if (((set | clear) & ItemRecord.LASTING_MARKS) != 0) {
      ItemRecord.marks(session.wholeRecord(), (ItemRecord.marks(session.record()) & ~clear) | set);
      refresh();
    }
  }

  @Override
  public void cas(long cas) {
    requirePresent();
    Store store = session.store;
    if (store.options.casEnabled()) {
      ItemRecord.cas(session.wholeRecord(), cas != 0 ? cas : store.casIds.next());
    }
    refresh();
  }

  private void refresh() {
    changed = true;
    session.fillHeader();
  }

  @Override
  public boolean pin(Pin pin) {
    requirePresent();
    return ((LldbPin) pin)
        .hold(session.wholeRecord(), ItemRecord.HEADER_BYTES, session.valueBytes());
  }

  @Override
  public void close() {
    Lock held = stripe;
    if (held == null) {
      return;
    }
    try {
      if (changed) {
        write();
      }
    } finally {
      stripe = null;
      held.unlock();
    }
  }

  private void write() {
    Database database = session.database;
    if (present) {
      session.save(oldDeadline);
      int added = wasThere ? 0 : 1;
      database.gauges.changed(added, session.header.totalBytes - oldTotalBytes);
    } else if (wasThere) {
      session.delete(oldDeadline);
      database.gauges.changed(-1, -oldTotalBytes);
    }
  }
}
