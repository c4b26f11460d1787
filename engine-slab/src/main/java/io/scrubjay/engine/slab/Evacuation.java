package io.scrubjay.engine.slab;

import io.scrubjay.engine.Lookup;
import java.lang.foreign.MemorySegment;

/// Empties one page: each item and each piece of a large one that lies in it moves to another chunk
/// of its class, with everything it has, its CAS id included. What is in use stays and is asked
/// again in the next pass.
///
/// An item moves under its bucket's lock, which is only tried for, so readers without a lock start
/// over and pins can't appear. A piece moves under the lock of its item's bucket. What is read
/// before there is a lock (a piece's owner, an item's hash) may be out of date, but always names a
/// chunk, since pages change their chunk size on this thread only.
///
/// Threads: the page mover's. Source: spec 7.4.
final class Evacuation {
  /// How often an eviction is tried for the sake of one chunk.
  private static final int EVICTIONS_MAX = 10;

  private static final int UNSEEN = -1;

  /// In the words of `slab_reassign_last_busy_status`, one value for each way to be busy; `pass`,
  /// `from_slab` and `from_lru` are memcached's for chunks that aren't.
  enum Status {
    NONE("none"),
    BUSY("busy"),
    UPLOADING("busy_uploading"),
    ACTIVE("busy_active"),
    FLOATING("busy_floating"),
    LOCKED("locked");

    final String word;

    Status(String word) {
      this.word = word;
    }
  }

  private final ItemStore store;
  private final ItemMemory memory;
  private final MoverCounts counts;
  private final SlabClass slab;
  private final int slabClass;
  private final long page;
  private final boolean mayEvict;
  private int rescued;
  private int busy;
  private boolean outOfMemory;

  /// What is still to be emptied, `leftCount` offsets into the page; of a page nobody has looked at
  /// yet, all of it.
  private final int[] left;

  private int leftCount = UNSEEN;

  /// The page has been taken out of service by [SlabClass#beginEvacuation].
  Evacuation(ItemStore store, MoverCounts counts, int slabClass, long page, boolean mayEvict) {
    this.store = store;
    this.memory = store.memory;
    this.counts = counts;
    this.slab = store.slab(slabClass);
    this.slabClass = slabClass;
    this.page = page;
    this.mayEvict = mayEvict;
    this.left = new int[slab.chunksPerPage()];
  }

  /// Tries every chunk once that is still in use. Returns how many could not be moved for being
  /// busy. The first pass looks at the whole page, later ones at what the one before left: no chunk
  /// of a page out of service comes into use again.
  ///
  /// @param deleteBusy whether a large item that is in use is deleted, so that it is no longer
  ///   found and its pieces go when its last user does
  int pass(boolean deleteBusy) {
    busy = 0;
    outOfMemory = false;
    if (leftCount == UNSEEN) {
      long end = slab.evacuatedEnd();
      for (long chunk = page; chunk < end; chunk += slab.chunkBytes()) {
        moveAway(chunk, deleteBusy);
      }
    } else {
      for (int i = 0, count = leftCount; i < count; i++) {
        moveAway(page + left[i], deleteBusy);
      }
    }
    leftCount = busy == 0 ? UNSEEN : busy;
    return busy;
  }

  private void moveAway(long chunk, boolean deleteBusy) {
    long state = memory.state(chunk);
    if ((state & ItemLayout.FREE) != 0) {
      return;
    }
    int busyBefore = busy;
    if ((state & ItemLayout.PIECE) != 0) {
      movePiece(chunk, state, deleteBusy);
    } else {
      moveItem(chunk, state);
    }
    if (busy > busyBefore) {
      left[busyBefore] = (int) (chunk - page);
    }
  }

  /// Whether the last pass left something behind for want of a free chunk.
  boolean outOfMemory() {
    return outOfMemory;
  }

  /// Chunks moved so far; the others of the page were given back by those who had them.
  int rescued() {
    return rescued;
  }

  private void busy(Status status) {
    busy++;
    counts.busy(status);
  }

  /// Says why an item that isn't linked can't move: it is being filled, or only its users keep it.
  private void busyUnlinked(long state) {
    busy((state & ItemLayout.PINS_MASK) == 0 ? Status.UPLOADING : Status.FLOATING);
  }

  private void moveItem(long item, long state) {
    if ((state & ItemLayout.LINKED) == 0) {
      busyUnlinked(state);
      return;
    }
    int hash = memory.hash(item);
    long bucket = store.index.tryLock(hash);
    if (bucket == HashIndex.NONE) {
      busy(Status.LOCKED);
      return;
    }
    try {
      if (!isLinked(item, hash)) {
        busy(Status.BUSY);
      } else if ((memory.state(item) & ItemLayout.PINS_MASK) != 0) {
        busy(Status.ACTIVE);
      } else if (store.judge(item) != Lookup.HIT) {
        store.unlink(bucket, item);
      } else {
        long target = rescueChunk();
        if (target != 0) {
          relocate(bucket, hash, item, target);
          rescued++;
          counts.add(MoverCounts.Count.RESCUES);
        }
      }
    } finally {
      store.index.unlock(bucket);
    }
  }

  /// Under the lock of the bucket of `hash`: whether `item` is an item of that bucket.
  private boolean isLinked(long item, int hash) {
    return (memory.state(item) & ItemLayout.LINKED) != 0 && memory.hash(item) == hash;
  }

  private void relocate(long bucket, int hash, long item, long target) {
    boolean inPieces = (memory.state(item) & ItemLayout.IN_PIECES) != 0;
    long valueBytes = inPieces ? Long.BYTES : memory.valueBytes(item);
    copyChunk(item, target, memory.valueOffset(item) - item + valueBytes);
    store.lists.list(memory.list(item)).replace(item, target);
    long piece = inPieces ? memory.firstPiece(target) : 0;
    while (piece != 0) {
      memory.owner(piece, target);
      piece = memory.next(piece);
    }
    store.index.replace(bucket, hash, item, target);
    memory.changeFlags(item, 0, ItemLayout.LINKED);
    slab.give(item);
  }

  /// Everything but the generation, which is the target's own.
  private void copyChunk(long source, long target, long bytes) {
    long generation = memory.state(target) & ItemLayout.GENERATION_MASK;
    MemorySegment segment = memory.segment();
    MemorySegment.copy(segment, source, segment, target, bytes);
    long state = memory.state(target) & ~ItemLayout.GENERATION_MASK;
    memory.state(target, state | generation);
  }

  private void movePiece(long piece, long state, boolean deleteBusy) {
    long owner = memory.owner(piece);
    if (memory.state(piece) != state) {
      busy(Status.BUSY);
      return;
    }
    long ownerState = memory.state(owner);
    if ((ownerState & ItemLayout.LINKED) == 0) {
      busyUnlinked(ownerState);
      return;
    }
    int hash = memory.hash(owner);
    long bucket = store.index.tryLock(hash);
    if (bucket == HashIndex.NONE) {
      busy(Status.LOCKED);
      return;
    }
    try {
      if (!isLinked(owner, hash) || !hasPiece(owner, piece)) {
        busy(Status.BUSY);
      } else if ((memory.state(owner) & ItemLayout.PINS_MASK) != 0) {
        busy(Status.ACTIVE);
        if (deleteBusy) {
          store.unlink(bucket, owner);
          counts.add(MoverCounts.Count.BUSY_DELETES);
        }
      } else if (store.judge(owner) != Lookup.HIT) {
        store.unlink(bucket, owner);
      } else {
        relocatePiece(owner, piece);
      }
    } finally {
      store.index.unlock(bucket);
    }
  }

  private boolean hasPiece(long owner, long wanted) {
    if ((memory.state(owner) & ItemLayout.IN_PIECES) == 0) {
      return false;
    }
    long piece = memory.firstPiece(owner);
    while (piece != 0 && piece != wanted) {
      piece = memory.next(piece);
    }
    return piece == wanted;
  }

  private void relocatePiece(long owner, long piece) {
    long target = rescueChunk();
    if (target == 0) {
      return;
    }
    copyChunk(piece, target, ItemLayout.HEADER_BYTES + (long) memory.valueBytes(piece));
    long before = memory.firstPiece(owner);
    if (before == piece) {
      memory.firstPiece(owner, target);
    } else {
      while (memory.next(before) != piece) {
        before = memory.next(before);
      }
      memory.next(before, target);
    }
    slab.give(piece);
    rescued++;
    counts.add(MoverCounts.Count.CHUNK_RESCUES);
  }

  /// A chunk of the class outside the page, or 0. What evictions free inside the page helps too,
  /// only not here.
  private long rescueChunk() {
    for (int evictions = 0; evictions <= EVICTIONS_MAX; evictions++) {
      long chunk = slab.takeWithin();
      if (chunk != 0) {
        return chunk;
      }
      if (!mayEvict || evictions == EVICTIONS_MAX || !store.tail.makeRoom(slabClass)) {
        break;
      }
    }
    outOfMemory = true;
    counts.add(MoverCounts.Count.BUSY_NOMEM);
    busy(Status.BUSY);
    return 0;
  }
}
