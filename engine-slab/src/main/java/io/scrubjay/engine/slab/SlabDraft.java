package io.scrubjay.engine.slab;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Reserve;
import java.lang.foreign.MemorySegment;

/// An item being filled in its own chunk, or in pieces taken one after the other as bytes arrive.
final class SlabDraft implements Draft {

  private final ItemStore store;
  private final ItemMemory memory;
  private long item;
  private int hash;
  private int slabClass;
  private int deadline;
  private int valueBytes;
  private int filled;
  private boolean inPieces;
  private boolean outOfMemory;
  private long piece;
  private int pieceRoom;

  SlabDraft(ItemStore store) {
    this.store = store;
    this.memory = store.memory;
  }

  Reserve reserve(Key key, int keyHash, int clientFlags, int newDeadline, int bytes) {
    if (item != 0) {
      throw new AssertionError("a draft in use was reserved again");
    }
    if (bytes < 0) {
      throw new AssertionError("value of " + bytes + " bytes");
    }
    SlabGeometry geometry = store.geometry;
    long total = geometry.totalBytes(key.length(), clientFlags, bytes);
    slabClass = geometry.classOf(total);
    if (total > store.itemBytesMax) {
      return Reserve.TOO_LARGE;
    }
    inPieces = total > geometry.chunkBytesMax();
    int headClass =
        inPieces ? geometry.classOf(geometry.headBytes(key.length(), clientFlags)) : slabClass;
    long taken = store.allocate(headClass);
    if (taken == 0) {
      store.lists.list(slabClass, LruSegment.COLD).count(LruList.Count.OUT_OF_MEMORY);
      return Reserve.OUT_OF_MEMORY;
    }
    item = taken;
    hash = keyHash;
    deadline = newDeadline;
    valueBytes = bytes;
    filled = 0;
    outOfMemory = false;
    memory.writeItem(item, key, hash, clientFlags, deadline, bytes);
    if (inPieces) {
      memory.changeFlags(item, ItemLayout.IN_PIECES, 0);
      memory.firstPiece(item, 0);
      piece = 0;
      pieceRoom = 0;
    }
    return Reserve.RESERVED;
  }

  @Override
  public int valueBytes() {
    return valueBytes;
  }

  @Override
  public int deadline() {
    return deadline;
  }

  @Override
  public int slabClass() {
    return slabClass;
  }

  int hash() {
    return hash;
  }

  /// The filled item; the draft forgets it.
  long handOver() {
    if (item == 0 || outOfMemory || filled != valueBytes) {
      throw new AssertionError("a draft with " + missingBytes() + " bytes missing was put");
    }
    long filledItem = item;
    item = 0;
    return filledItem;
  }

  @Override
  public boolean inUse() {
    return item != 0;
  }

  @Override
  public int missingBytes() {
    return valueBytes - filled;
  }

  @Override
  public boolean append(MemorySegment source, long sourceOffset, int bytes) {
    if (item == 0 || bytes < 0 || bytes > missingBytes()) {
      throw new AssertionError(bytes + " bytes appended, " + missingBytes() + " are missing");
    }
    if (outOfMemory) {
      return false;
    }
    if (!inPieces) {
      long at = memory.valueOffset(item) + filled;
      MemorySegment.copy(source, sourceOffset, memory.segment(), at, bytes);
      filled += bytes;
      return true;
    }
    int left = bytes;
    while (left > 0) {
      if (pieceRoom == 0 && !takePiece()) {
        outOfMemory = true;
        return false;
      }
      int here = Math.min(left, pieceRoom);
      int inPiece = memory.valueBytes(piece);
      long at = piece + ItemLayout.HEADER_BYTES + inPiece;
      MemorySegment.copy(source, sourceOffset + (bytes - left), memory.segment(), at, here);
      memory.valueBytes(piece, inPiece + here);
      pieceRoom -= here;
      filled += here;
      left -= here;
    }
    return true;
  }

  /// The best fit for what is missing; when there is no memory for that, a largest chunk, which
  /// eviction finds more easily (M-04).
  private boolean takePiece() {
    SlabGeometry geometry = store.geometry;
    int missing = missingBytes();
    int best = geometry.classOf((long) missing + ItemLayout.HEADER_BYTES);
    long taken = store.allocate(best);
    if (taken == 0 && best != geometry.largest()) {
      best = geometry.largest();
      taken = store.allocate(best);
    }
    if (taken == 0) {
      return false;
    }
    pieceRoom = Math.min(missing, geometry.chunkBytes(best) - ItemLayout.HEADER_BYTES);
    memory.writePiece(taken, item, pieceRoom);
    if (piece == 0) {
      memory.firstPiece(item, taken);
    } else {
      memory.next(piece, taken);
    }
    piece = taken;
    return true;
  }

  @Override
  public boolean copyValueTo(Draft target) {
    if (item == 0 || outOfMemory || filled != valueBytes) {
      throw new AssertionError("a draft with " + missingBytes() + " bytes missing was copied");
    }
    return store.copyValueTo(item, target);
  }

  @Override
  public void marks(int set) {
    if (item == 0 || (set & ~ItemLayout.MARKS) != 0) {
      throw new AssertionError("marks " + set + " on a draft");
    }
    memory.changeFlags(item, set, 0);
  }

  @Override
  public void discard() {
    if (item == 0) {
      throw new AssertionError("a draft that isn't in use was discarded");
    }
    long unused = item;
    item = 0;
    store.free(unused);
  }
}
