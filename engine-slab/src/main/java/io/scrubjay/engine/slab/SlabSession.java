package io.scrubjay.engine.slab;

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
import org.jspecify.annotations.Nullable;

/// One worker's view of the store. The essay on reading without a lock is at [HashIndex]; why a
/// reader never returns another item's bytes is in docs/internals/concurrency.md.
final class SlabSession implements Session {
  /// Reads that may be spoilt by writers before the reader takes the lock itself.
  static final int OPTIMISTIC_READS_MAX = 8;

  private final ItemStore store;
  private final HashAlgorithm hashing;
  private final HashIndex index;
  private final ItemMemory memory;
  private final EngineTallies allTallies;
  private final SessionTallies tallies;
  private final LruMaintainer maintainer;
  private final BumpQueue bumps;
  private final HitRecorder hits;
  private final ReadAhead readAhead;
  private final Turns turns;
  private final Turns.Turn turn;
  private final SlabEntry entry;
  private final ItemHeader header = new ItemHeader();
  private int lastList;

  SlabSession(
      ItemStore store,
      HashAlgorithm hashing,
      IndexGrower grower,
      LruMaintainer maintainer,
      Turns turns,
      EngineTallies allTallies) {
    this.store = store;
    this.hashing = hashing;
    this.index = store.index;
    this.memory = store.memory;
    this.allTallies = allTallies;
    this.tallies = allTallies.add();
    this.turns = turns;
    this.turn = turns.register();
    this.maintainer = maintainer;
    this.bumps = maintainer.openQueue();
    this.hits = new HitRecorder(store, bumps);
    this.readAhead = new ReadAhead(hashing, index);
    this.entry = new SlabEntry(store, grower, hits);
  }

  @Override
  public void turnBegins() {
    turn.begins();
  }

  @Override
  public void turnEnds() {
    turn.ends();
  }

  @Override
  public Lookup read(Key key, boolean bump, ItemReader reader) {
    int hash = hashing.hash(key);
    for (int attempt = 0; attempt < OPTIMISTIC_READS_MAX; attempt++) {
      Lookup outcome = tryRead(key, hash, bump, reader);
      if (outcome != null) {
        return outcome;
      }
    }
    return readLocked(key, hash, bump, reader);
  }

  @Override
  public void willRead(Key[] keys, int count) {
    readAhead.touch(keys, count);
  }

  /// Null when a writer came in between.
  private @Nullable Lookup tryRead(Key key, int hash, boolean bump, ItemReader reader) {
    long bucket = index.bucketOf(hash);
    if (entry.holds(bucket)) {
      return readHeld(bucket, key, hash, bump, reader);
    }
    long meta = index.stableMeta(bucket);
    if (index.bucketOf(hash) != bucket) {
      return null;
    }
    long item = index.find(bucket, meta, hash, key);
    if (item <= 0) {
      return item == 0 && index.unchanged(bucket, meta) ? Lookup.MISS : null;
    }
    long state = memory.snapshot(item, header);
    int epoch = memory.epoch(item);
    int list = memory.list(item);
    if (!index.unchanged(bucket, meta)) {
      return null;
    }
    Lookup judged = store.freshness.judge(header.deadline, header.lastAccess, epoch);
    if (judged != Lookup.HIT) {
      lastList = list;
      reap(key, hash);
      return judged;
    }
    if (!lend(item, state, reader) || !index.unchanged(bucket, meta)) {
      return null;
    }
    if (bump) {
      hits.hit(item, state, hash, false);
    }
    lastList = list;
    return Lookup.HIT;
  }

  private boolean lend(long item, long state, ItemReader reader) {
    int bytes = header.valueBytes;
    long at = reader.item(header);
    return at == ItemReader.DECLINED
        || memory.copyValue(item, state, 0, reader.target(), at, bytes);
  }

  private Lookup readLocked(Key key, int hash, boolean bump, ItemReader reader) {
    long bucket = index.lock(hash);
    try {
      return readHeld(bucket, key, hash, bump, reader);
    } finally {
      index.unlock(bucket);
    }
  }

  private Lookup readHeld(long bucket, Key key, int hash, boolean bump, ItemReader reader) {
    long item = index.findLocked(bucket, hash, key);
    if (item == 0) {
      return Lookup.MISS;
    }
    long state = memory.snapshot(item, header);
    lastList = memory.list(item);
    Lookup judged = store.judge(item);
    if (judged != Lookup.HIT) {
      return judged;
    }
    if (!lend(item, state, reader)) {
      throw new AssertionError("the pieces of item " + item + " don't hold its value");
    }
    if (bump) {
      hits.hit(item, state, hash, true);
    }
    return Lookup.HIT;
  }

  /// Removes a dead item that a read came across, if nobody is in the way.
  private void reap(Key key, int hash) {
    long bucket = index.tryLock(hash);
    if (bucket == HashIndex.NONE) {
      return;
    }
    long item = index.findLocked(bucket, hash, key);
    if (item != 0 && store.judge(item) != Lookup.HIT) {
      store.unlink(bucket, item);
    }
    index.unlock(bucket);
  }

  @Override
  public Entry open(Key key) {
    entry.open(key, hashing.hash(key));
    lastList = entry.list();
    return entry;
  }

  @Override
  public Reserve reserve(Draft draft, Key key, int clientFlags, int deadline, int valueBytes) {
    var slabDraft = (SlabDraft) draft;
    Reserve outcome = slabDraft.reserve(key, hashing.hash(key), clientFlags, deadline, valueBytes);
    lastList = slabDraft.slabClass();
    return outcome;
  }

  @Override
  public void tally(Tally event) {
    tallies.count(lastList, event);
  }

  @Override
  public Draft newDraft() {
    return new SlabDraft(store);
  }

  @Override
  public Pin newPin() {
    return new SlabPin(store);
  }

  /// Drafts and pins still in use are their owner's to give back first.
  @Override
  public void close() {
    entry.close();
    maintainer.closeQueue(bumps);
    allTallies.retire(tallies);
    turns.retire(turn);
  }
}
