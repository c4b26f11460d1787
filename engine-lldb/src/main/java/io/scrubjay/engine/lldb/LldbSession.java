package io.scrubjay.engine.lldb;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

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
import io.scrubjay.memory.Murmur3;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Executor;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// One worker's way into one [Database].
///
/// A read copies the whole record into the session's buffer and lends from there. A change is made
/// on that copy while the key's stripe is held, and written when the entry is closed, so however
/// much a request changes, it costs one write. The write is in RocksDB's memory table at once, for
/// everybody to see, and in its log's buffer; the log goes to the operating system, or to the disk,
/// when the turn ends ([Store#commit]).
///
/// Threads: confined. Allocation: none while values fit buffers that were used before.
final class LldbSession implements Session {
  private static final int RECORD_BYTES_FIRST = 4 << 10;

  /// A record buffer that grew beyond this is given back when the turn ends.
  private static final int RECORD_BYTES_KEPT = 64 << 10;

  private static final ValueLayout.OfInt BIG_ENDIAN_INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  final Store store;
  final Database database;
  final ItemHeader header = new ItemHeader();
  private final Tree tree;
  private final Runnable waiter;
  private final Fetches fetches;
  private final BufferPool buffers = new BufferPool();
  private final NativeBuffer key = new NativeBuffer(BufferPool.BYTES_MIN);
  private final NativeBuffer deadlineKey = new NativeBuffer(BufferPool.BYTES_MIN);
  private final WriteBatch batch = new WriteBatch();
  private final LldbEntry entry = new LldbEntry(this);
  private NativeBuffer record;
  private int recordBytes;

  /// Otherwise its header alone.
  private boolean wholeInHand;

  private int keyBytes;
  private int hash;
  private int births;

  /// Written since the turn began.
  private long turnBytes;

  private long mark;
  private boolean wrote;
  private boolean closed;

  LldbSession(Store store, Database database, Executor coldReads, Runnable waiter) {
    // Counted first: from here on the tree stays open.
    this.births = store.sessionOpens() << 24;
    this.store = store;
    this.database = database;
    this.tree = store.tree;
    this.waiter = waiter;
    this.fetches = new Fetches(tree, database, coldReads, waiter);
    this.record = buffers.take(RECORD_BYTES_FIRST);
  }

  static int hash(Key key) {
    return Murmur3.hash(key.segment(), key.offset(), key.length());
  }

  @Override
  public void turnBegins() {}

  @Override
  public void turnEnds() {
    if (wrote) {
      wrote = false;
      turnBytes = 0;
      store.commit(mark);
    }
    if (record.capacity() > RECORD_BYTES_KEPT && !entry.isOpen()) {
      buffers.giveBack(record);
      record = buffers.take(RECORD_BYTES_FIRST);
    }
  }

  @Override
  public Lookup read(Key wanted, boolean bump, ItemReader reader) {
    requireIdle();
    place(wanted);
    int found = load();
    if (found < 0) {
      return found == Tree.ABSENT ? Lookup.MISS : Lookup.PENDING;
    }
    Lookup lookup = database.freshness.judge(record.segment);
    if (lookup != Lookup.HIT) {
      openHeader(wanted).close();
      return lookup;
    }
    fillHeader();
    long at = reader.item(header);
    if (at != ItemReader.DECLINED) {
      MemorySegment.copy(
          record.segment, ItemRecord.HEADER_BYTES, reader.target(), at, header.valueBytes);
    }
    if (bump) {
      bumpAccess();
    }
    return Lookup.HIT;
  }

  @Override
  public Entry open(Key wanted) {
    return open(wanted, false);
  }

  @Override
  public Entry openHeader(Key wanted) {
    return open(wanted, true);
  }

  private Entry open(Key wanted, boolean headerOnly) {
    requireIdle();
    place(wanted);
    if (store.stalls.putOff(turnBytes, waiter)) {
      return entry.pending();
    }
    var stripe = store.stripes.of(hash);
    stripe.lock();
    boolean opened = false;
    try {
      int found = headerOnly ? loadHeader() : load();
      if (found == Tree.UNKNOWN) {
        return entry.pending();
      }
      opened = true;
      return entry.opened(stripe, found != Tree.ABSENT);
    } finally {
      if (!opened) {
        stripe.unlock();
      }
    }
  }

  @Override
  public Reserve reserve(Draft draft, Key wanted, int clientFlags, int deadline, int valueBytes) {
    requireOpen();
    return ((LldbDraft) draft).reserve(wanted, clientFlags, deadline, valueBytes);
  }

  /// There are no slab classes to count for.
  @Override
  public void tally(Tally event) {}

  @Override
  public Draft newDraft() {
    return new LldbDraft(this, store);
  }

  @Override
  public Pin newPin() {
    return new LldbPin(this, store);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    entry.close();
    closed = true;
    try {
      fetches.close();
      if (wrote) {
        store.commit(mark);
      }
    } finally {
      batch.close();
      key.free();
      deadlineKey.free();
      record.free();
      buffers.close();
      store.sessionCloses();
    }
  }

  // ---- the record in hand, for the entry and the sweeper

  BufferPool buffers() {
    return buffers;
  }

  /// Of which the header is certain to be there.
  MemorySegment record() {
    return record.segment;
  }

  MemorySegment wholeRecord() {
    if (!wholeInHand) {
      throw new AssertionError("an entry opened for its header was asked for more");
    }
    return record.segment;
  }

  int valueBytes() {
    return recordBytes - ItemRecord.HEADER_BYTES;
  }

  /// The record in hand is now the complete `draft`'s.
  void adopt(LldbDraft draft) {
    int bytes = draft.recordBytes();
    NativeBuffer complete = draft.handOver(database, hash, keyBytes, births++);
    buffers.giveBack(record);
    record = complete;
    recordBytes = bytes;
    wholeInHand = true;
  }

  /// `header` tells of the record in hand.
  void fillHeader() {
    ItemRecord.fill(header, record.segment, recordBytes, store.clock);
    header.totalBytes = (int) store.totalBytes(keyBytes, header.clientFlags, header.valueBytes);
    store.accesses.show(header, hash, ItemRecord.birth(record.segment));
  }

  void bumpAccess() {
    int birth = ItemRecord.birth(record.segment);
    store.accesses.bump(hash, birth, header.lastAccess, store.clock.now());
  }

  void renewAccess() {
    store.accesses.renew(hash, ItemRecord.birth(record.segment), store.clock.now());
  }

  /// Writes the record in hand in place of one that had `oldDeadline` (Unix; 0: none, or no
  /// record).
  void save(long oldDeadline) {
    long deadline = ItemRecord.deadline(wholeRecord());
    try {
      if (oldDeadline == deadline) {
        tree.put(database.items, key.first(keyBytes), record.first(recordBytes));
      } else {
        if (oldDeadline != 0) {
          batch.delete(database.deadlines, deadlineKey(oldDeadline));
        }
        if (deadline != 0) {
          batch.put(database.deadlines, deadlineKey(deadline), record.first(0));
        }
        batch.put(database.items, key.first(keyBytes), record.first(recordBytes));
        writeBatch();
      }
    } catch (RocksDBException failed) {
      throw writeFailed(failed);
    }
    store.recentHeaders.put(
        database.number, hash, key.segment, keyBytes, record.segment, recordBytes);
    turnBytes += recordBytes;
    written();
  }

  /// Removes the record under the key, which had `oldDeadline`.
  void delete(long oldDeadline) {
    try {
      if (oldDeadline == 0) {
        tree.delete(database.items, key.first(keyBytes));
      } else {
        batch.delete(database.deadlines, deadlineKey(oldDeadline));
        batch.delete(database.items, key.first(keyBytes));
        writeBatch();
      }
    } catch (RocksDBException failed) {
      throw writeFailed(failed);
    }
    store.recentHeaders.put(
        database.number, hash, key.segment, keyBytes, record.segment, Tree.ABSENT);
    written();
  }

  /// Removes the mention of a deadline that the record in hand doesn't have.
  void deleteMention(long deadline) {
    try {
      tree.delete(database.deadlines, deadlineKey(deadline));
    } catch (RocksDBException failed) {
      throw store.failed("a write failed", failed);
    }
    written();
  }

  private StoreFailure writeFailed(RocksDBException cause) {
    store.recentHeaders.forget(database.number, hash, key.segment, keyBytes);
    return store.failed("a write failed", cause);
  }

  private void writeBatch() throws RocksDBException {
    try {
      tree.write(batch);
    } finally {
      batch.clear();
    }
  }

  private void written() {
    mark = store.gate.mark();
    wrote = true;
  }

  private ByteBuffer deadlineKey(long deadline) {
    deadlineKey.segment.set(BIG_ENDIAN_INT, 0, (int) deadline);
    MemorySegment.copy(key.segment, 0, deadlineKey.segment, Database.DEADLINE_BYTES, keyBytes);
    return deadlineKey.first(Database.DEADLINE_BYTES + keyBytes);
  }

  private void place(Key wanted) {
    keyBytes = wanted.length();
    MemorySegment.copy(wanted.segment(), wanted.offset(), key.segment, 0, keyBytes);
    hash = Murmur3.hash(key.segment, 0, keyBytes);
  }

  /// Brings the record under the key in hand: its length, [Tree#ABSENT], or [Tree#UNKNOWN] when
  /// another thread has been asked to bring it nearer.
  private int load() {
    if (fetches.underWay(hash, key.segment, keyBytes)) {
      return Tree.UNKNOWN;
    }
    boolean cachedOnly = true;
    while (true) {
      var into = record.first(record.capacity());
      int bytes =
          cachedOnly
              ? tree.getCached(database.items, key.first(keyBytes), into)
              : tree.get(database.items, key.first(keyBytes), into);
      if (bytes == Tree.UNKNOWN) {
        if (fetches.begin(hash, key.segment, keyBytes)) {
          return Tree.UNKNOWN;
        }
        cachedOnly = false;
      } else if (bytes > record.capacity()) {
        buffers.giveBack(record);
        record = buffers.take(bytes);
      } else {
        fetches.found(hash, key.segment, keyBytes);
        recordBytes = bytes;
        wholeInHand = true;
        if (bytes >= 0 && !ItemRecord.isOne(record.segment, bytes)) {
          throw new AssertionError("a record of " + bytes + " bytes is none of ours");
        }
        return bytes;
      }
    }
  }

  /// The same for the record's header alone, if need be with the record.
  private int loadHeader() {
    int bytes =
        store.recentHeaders.find(database.number, hash, key.segment, keyBytes, record.segment);
    if (bytes == Tree.UNKNOWN) {
      return load();
    }
    fetches.found(hash, key.segment, keyBytes);
    recordBytes = bytes;
    wholeInHand = false;
    return bytes;
  }

  private void requireIdle() {
    requireOpen();
    if (entry.isOpen()) {
      throw new AssertionError("a session with an open entry was asked for another key");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new AssertionError("the session is closed");
    }
  }
}
