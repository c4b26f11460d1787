package io.scrubjay.engine.lldb;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/// Removes what has died in one database, so much per step: items past their deadline, found by the
/// index of deadlines; and, after a flush, items behind it, found by walking through all. It opens
/// keys as a request does, and opening a dead item removes it. Counting goes on in the same steps.
///
/// Limits: [#DEADLINES_PER_STEP] and [#RECORDS_PER_STEP]. Threads: confined to upkeep. Owner:
/// [#close] gives the session back.
final class Sweeper implements AutoCloseable {
  static final int DEADLINES_PER_STEP = 10_000;
  static final int RECORDS_PER_STEP = 50_000;
  private static final int OPENS_MAX = 1 + Fetches.ATTEMPTS_MAX;
  private static final ValueLayout.OfInt BIG_ENDIAN_INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Store store;
  private final Database database;
  private final LldbSession session;
  private final NativeBuffer header = new NativeBuffer(ItemRecord.HEADER_BYTES);
  private final Key key = new Key();

  /// Where the walk after a flush is; null: there is none under way.
  private byte @Nullable [] walkedTo;

  private Freshness.@Nullable Mark walkedFor;

  Sweeper(Store store, Database database) {
    this.store = store;
    this.database = database;
    this.session = new LldbSession(store, database, Runnable::run, () -> {});
  }

  void step() {
    database.gauges.count(RECORDS_PER_STEP, store);
    sweepDeadlines();
    walkBehindFlush();
  }

  private void sweepDeadlines() {
    long now = database.freshness.nowUnix();
    try (RocksIterator walk = store.tree.walk(database.deadlines)) {
      walk.seekToFirst();
      for (int i = 0; i < DEADLINES_PER_STEP && walk.isValid(); i++, walk.next()) {
        MemorySegment mention = MemorySegment.ofArray(walk.key());
        long deadline = Integer.toUnsignedLong(mention.get(BIG_ENDIAN_INT, 0));
        if (deadline > now) {
          break;
        }
        int keyBytes = (int) mention.byteSize() - Database.DEADLINE_BYTES;
        sweep(key.at(mention, Database.DEADLINE_BYTES, keyBytes), deadline);
      }
    }
    commit();
  }

  /// Opens `swept`, which is mentioned under `deadline` unless that is 0.
  private void sweep(Key swept, long deadline) {
    for (int i = 0; i < OPENS_MAX; i++) {
      try (Entry entry = session.openHeader(swept)) {
        Lookup lookup = entry.lookup();
        if (lookup == Lookup.PENDING) {
          continue;
        }
        boolean dead = lookup == Lookup.EXPIRED || lookup == Lookup.FLUSHED;
        if (dead) {
          database.reclaimed.increment();
        }
        // The mention of a dead item goes with it; another's deadline is mentioned elsewhere.
        if (deadline != 0
            && (lookup == Lookup.MISS || ItemRecord.deadline(session.record()) != deadline)) {
          session.deleteMention(deadline);
        }
        return;
      }
    }
  }

  private void walkBehindFlush() {
    Freshness.Mark mark = database.freshness.mark();
    if (!mark.equals(walkedFor)) {
      walkedFor = mark;
      walkedTo = mark.coversAnything() ? new byte[0] : null;
    }
    byte[] from = walkedTo;
    if (from == null) {
      return;
    }
    try (RocksIterator walk = store.tree.walk(database.items)) {
      walk.seek(from);
      for (int i = 0; i < RECORDS_PER_STEP && walk.isValid(); i++, walk.next()) {
        int _ = walk.value(header.first(ItemRecord.HEADER_BYTES));
        if (database.freshness.judge(header.segment) == Lookup.FLUSHED) {
          byte[] bytes = walk.key();
          sweep(key.at(MemorySegment.ofArray(bytes), 0, bytes.length), 0);
        }
      }
      walkedTo = walk.isValid() ? walk.key() : null;
    }
    commit();
  }

  /// A batch of removals is a turn like any other.
  private void commit() {
    session.turnEnds();
  }

  @Override
  public void close() {
    header.free();
    session.close();
  }
}
