package io.scrubjay.engine.slab;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import java.lang.foreign.MemorySegment;

/// The bucket of one key, held. One per session, used again and again.
final class SlabEntry implements Entry {
  private final ItemStore store;
  private final ItemMemory memory;
  private final IndexGrower grower;
  private final HitRecorder hits;
  private final ItemHeader header = new ItemHeader();
  private long bucket = HashIndex.NONE;
  private long item;
  private int hash;
  private int list;
  private Lookup lookup = Lookup.MISS;

  SlabEntry(ItemStore store, IndexGrower grower, HitRecorder hits) {
    this.store = store;
    this.memory = store.memory;
    this.grower = grower;
    this.hits = hits;
  }

  /// Whether this session has the chain at `bucketOffset` locked.
  boolean holds(long bucketOffset) {
    return bucket == bucketOffset;
  }

  SlabEntry open(Key key, int keyHash) {
    if (bucket != HashIndex.NONE) {
      throw new AssertionError("a second entry was opened in one session");
    }
    hash = keyHash;
    bucket = store.index.lock(keyHash);
    item = store.index.findLocked(bucket, keyHash, key);
    lookup = Lookup.MISS;
    if (item != 0) {
      memory.snapshot(item, header);
      list = memory.list(item);
      lookup = store.judge(item);
      if (lookup != Lookup.HIT) {
        store.unlink(bucket, item);
        item = 0;
      }
    }
    return this;
  }

  /// Where the item was that was found last: what the session's tallies go to.
  int list() {
    return list;
  }

  @Override
  public Lookup lookup() {
    return lookup;
  }

  @Override
  public ItemHeader item() {
    requirePresent();
    return header;
  }

  @Override
  public void copyValue(int valueOffset, MemorySegment target, long targetOffset, int bytes) {
    requirePresent();
    if (valueOffset < 0 || bytes < 0 || valueOffset > header.valueBytes - bytes) {
      throw new AssertionError(bytes + " bytes from " + valueOffset + " of the value");
    }
    long state = memory.state(item);
    if (!memory.copyValue(item, state, valueOffset, target, targetOffset, bytes)) {
      throw new AssertionError("the pieces of item " + item + " don't hold its value");
    }
  }

  @Override
  public boolean copyValueTo(Draft draft) {
    requirePresent();
    return store.copyValueTo(item, draft);
  }

  @Override
  public boolean overwrite(MemorySegment source, long sourceOffset, int bytes, long cas) {
    requirePresent();
    if (bytes != header.valueBytes) {
      throw new AssertionError(bytes + " bytes over a value of " + header.valueBytes);
    }
    // Pins are only taken under this bucket's lock, so none can appear now.
    if ((memory.state(item) & (ItemLayout.PINS_MASK | ItemLayout.IN_PIECES)) != 0) {
      return false;
    }
    MemorySegment.copy(source, sourceOffset, memory.segment(), memory.valueOffset(item), bytes);
    cas(cas);
    return true;
  }

  @Override
  public long put(Draft draft, long cas) {
    requireOpen();
    var filled = (SlabDraft) draft;
    if (filled.hash() != hash) {
      throw new AssertionError("a draft was put under another key");
    }
    int slabClass = filled.slabClass();
    long replacement = filled.handOver();
    long given = store.link(replacement, slabClass, cas);
    if (item != 0) {
      store.index.replace(bucket, hash, item, replacement);
      store.unlinkReplaced(item);
    } else if (store.index.insert(bucket, hash, replacement)) {
      grower.consider();
    }
    item = replacement;
    lookup = Lookup.HIT;
    memory.snapshot(item, header);
    return given;
  }

  @Override
  public void remove() {
    requirePresent();
    store.unlink(bucket, item);
    item = 0;
    lookup = Lookup.MISS;
  }

  @Override
  public void deadline(int deadline) {
    requirePresent();
    memory.deadline(item, deadline);
    header.deadline = deadline;
  }

  @Override
  public void bump() {
    requirePresent();
    hits.hit(item, memory.state(item), hash, true);
    refreshState();
  }

  @Override
  public void renew() {
    requirePresent();
    hits.renew(item, hash);
    refreshState();
  }

  @Override
  public void marks(int set, int clear) {
    requirePresent();
    if (((set | clear) & ~ItemLayout.MARKS) != 0) {
      throw new AssertionError("marks " + set + " and " + clear);
    }
    memory.changeFlags(item, set, clear);
    refreshState();
  }

  private void refreshState() {
    long state = memory.state(item);
    header.marks = (int) state & ItemLayout.MARKS;
    header.lastAccess = (int) (state >>> ItemLayout.TIME_SHIFT);
  }

  @Override
  public void cas(long cas) {
    requirePresent();
    long given = store.nextCas(cas);
    memory.cas(item, given);
    header.cas = given;
  }

  @Override
  public boolean pin(Pin pin) {
    requirePresent();
    if (pin.inUse()) {
      throw new AssertionError("a pin in use was used again");
    }
    if (!store.pin(item)) {
      return false;
    }
    ((SlabPin) pin).hold(item);
    return true;
  }

  private void requireOpen() {
    if (bucket == HashIndex.NONE) {
      throw new AssertionError("the entry is closed");
    }
  }

  private void requirePresent() {
    requireOpen();
    if (item == 0) {
      throw new AssertionError("no item is present");
    }
  }

  /// Does nothing the second time.
  @Override
  public void close() {
    if (bucket != HashIndex.NONE) {
      long held = bucket;
      bucket = HashIndex.NONE;
      store.index.unlock(held);
    }
  }
}
