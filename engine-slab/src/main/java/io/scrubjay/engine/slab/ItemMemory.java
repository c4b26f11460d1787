package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.memory.ByteComparison;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// Reads and writes what [ItemLayout] names, at offsets of items in the one segment that holds them
/// all.
///
/// Threads: any; the accesses are plain and ordered by the locks of docs/internals/concurrency.md,
/// except `state`, which is changed by compare-and-set. A reader without a lock may meet any bytes
/// at all here: nothing in this class leaves the segment or loops for ever on them.
final class ItemMemory {
  private static final VarHandle STATE_WORD = JAVA_LONG.varHandle();

  private final MemorySegment segment;
  private final SlabGeometry geometry;
  private final boolean casEnabled;
  private final long lastHeaderOffset;

  ItemMemory(MemorySegment segment, SlabGeometry geometry, boolean casEnabled) {
    this.segment = segment;
    this.geometry = geometry;
    this.casEnabled = casEnabled;
    this.lastHeaderOffset = segment.byteSize() - PagePool.PAGE_BYTES;
  }

  MemorySegment segment() {
    return segment;
  }

  private long link(long chunk, long field, long upperField) {
    long low = segment.get(JAVA_INT, chunk + field) & 0xFFFF_FFFFL;
    long upper = segment.get(JAVA_BYTE, chunk + upperField) & 0xFFL;
    return ((upper << Integer.SIZE) | low) << ItemLayout.UNIT_SHIFT;
  }

  private void link(long chunk, long field, long upperField, long to) {
    long number = to >>> ItemLayout.UNIT_SHIFT;
    segment.set(JAVA_INT, chunk + field, (int) number);
    segment.set(JAVA_BYTE, chunk + upperField, (byte) (number >>> Integer.SIZE));
  }

  long next(long chunk) {
    return link(chunk, ItemLayout.NEXT, ItemLayout.NEXT_UPPER);
  }

  void next(long chunk, long next) {
    link(chunk, ItemLayout.NEXT, ItemLayout.NEXT_UPPER, next);
  }

  long previous(long item) {
    return link(item, ItemLayout.PREVIOUS, ItemLayout.PREVIOUS_UPPER);
  }

  void previous(long item, long previous) {
    link(item, ItemLayout.PREVIOUS, ItemLayout.PREVIOUS_UPPER, previous);
  }

  /// The next item of the index's chain, or 0.
  long chained(long item) {
    return link(item, ItemLayout.CHAINED, ItemLayout.CHAINED_UPPER);
  }

  void chained(long item, long next) {
    link(item, ItemLayout.CHAINED, ItemLayout.CHAINED_UPPER, next);
  }

  /// Whether an item at this offset would lie in the segment.
  boolean mayBeItem(long offset) {
    return offset > 0 && offset <= lastHeaderOffset;
  }

  /// The item that a piece belongs to.
  long owner(long piece) {
    return previous(piece);
  }

  void owner(long piece, long item) {
    previous(piece, item);
  }

  int deadline(long item) {
    return segment.get(JAVA_INT, item + ItemLayout.DEADLINE);
  }

  void deadline(long item, int deadline) {
    segment.set(JAVA_INT, item + ItemLayout.DEADLINE, deadline);
  }

  int valueBytes(long chunk) {
    return segment.get(JAVA_INT, chunk + ItemLayout.VALUE_BYTES);
  }

  void valueBytes(long chunk, int bytes) {
    segment.set(JAVA_INT, chunk + ItemLayout.VALUE_BYTES, bytes);
  }

  int hash(long item) {
    return segment.get(JAVA_INT, item + ItemLayout.HASH);
  }

  void hash(long item, int hash) {
    segment.set(JAVA_INT, item + ItemLayout.HASH, hash);
  }

  int keyBytes(long item) {
    return segment.get(JAVA_BYTE, item + ItemLayout.KEY_BYTES) & 0xFF;
  }

  int list(long item) {
    return segment.get(JAVA_BYTE, item + ItemLayout.LIST) & 0xFF;
  }

  int chunkClass(long chunk) {
    return segment.get(JAVA_BYTE, chunk + ItemLayout.CHUNK_CLASS);
  }

  int epoch(long item) {
    return segment.get(JAVA_INT, item + ItemLayout.EPOCH);
  }

  void epoch(long item, int epoch) {
    segment.set(JAVA_INT, item + ItemLayout.EPOCH, epoch);
  }

  short dump(long item) {
    return segment.get(JAVA_SHORT, item + ItemLayout.DUMP);
  }

  void dump(long item, short dump) {
    segment.set(JAVA_SHORT, item + ItemLayout.DUMP, dump);
  }

  int clientFlags(long item) {
    return segment.get(JAVA_INT, item + ItemLayout.CLIENT_FLAGS);
  }

  long cas(long item) {
    return casEnabled ? segment.get(JAVA_LONG, item + ItemLayout.HEADER_BYTES) : 0;
  }

  void cas(long item, long cas) {
    if (casEnabled) {
      segment.set(JAVA_LONG, item + ItemLayout.HEADER_BYTES, cas);
    }
  }

  int totalBytes(long item) {
    return (int) geometry.totalBytes(keyBytes(item), clientFlags(item), valueBytes(item));
  }

  /// Opaque: one untorn, present value; what else is read is ordered by the caller's lock or fence.
  long state(long chunk) {
    return (long) STATE_WORD.getOpaque(segment, chunk + ItemLayout.STATE);
  }

  /// For chunks that nobody else can reach.
  void state(long chunk, long state) {
    STATE_WORD.setOpaque(segment, chunk + ItemLayout.STATE, state);
  }

  boolean changeState(long chunk, long from, long to) {
    return STATE_WORD.compareAndSet(segment, chunk + ItemLayout.STATE, from, to);
  }

  /// Sets and clears flags although readers may be setting others. Returns the state after.
  long changeFlags(long item, long set, long clear) {
    while (true) {
      long before = state(item);
      long after = (before & ~clear) | set;
      if (before == after || changeState(item, before, after)) {
        return after;
      }
    }
  }

  /// Sets the time of the last access although readers may be setting flags.
  void time(long item, int now) {
    long before;
    long after;
    do {
      before = state(item);
      after = (before & ~ItemLayout.TIME_MASK) | (long) now << ItemLayout.TIME_SHIFT;
    } while (before != after && !changeState(item, before, after));
  }

  /// Makes a taken chunk an item that nobody can see: all but the value.
  void writeItem(long item, Key key, int hash, int clientFlags, int deadline, int valueBytes) {
    segment.set(JAVA_INT, item + ItemLayout.DEADLINE, deadline);
    segment.set(JAVA_INT, item + ItemLayout.VALUE_BYTES, valueBytes);
    segment.set(JAVA_INT, item + ItemLayout.HASH, hash);
    segment.set(JAVA_BYTE, item + ItemLayout.KEY_BYTES, (byte) key.length());
    dump(item, (short) 0);
    segment.set(JAVA_INT, item + ItemLayout.CLIENT_FLAGS, clientFlags);
    long at = item + geometry.keyOffset();
    MemorySegment.copy(key.segment(), key.offset(), segment, at, key.length());
    segment.set(JAVA_BYTE, at + key.length(), (byte) 0);
  }

  void writePiece(long piece, long item, int capacityBytes) {
    next(piece, 0);
    owner(piece, item);
    valueBytes(piece, 0);
    segment.set(JAVA_INT, piece + ItemLayout.HASH, capacityBytes);
    changeFlags(piece, ItemLayout.PIECE, 0);
  }

  void list(long item, int list) {
    segment.set(JAVA_BYTE, item + ItemLayout.LIST, (byte) list);
  }

  void chunkClass(long chunk, int slabClass) {
    segment.set(JAVA_BYTE, chunk + ItemLayout.CHUNK_CLASS, (byte) slabClass);
  }

  boolean hasKey(long item, Key key) {
    int bytes = key.length();
    return keyBytes(item) == bytes
        && ByteComparison.equal(
            segment, item + geometry.keyOffset(), key.segment(), key.offset(), bytes);
  }

  /// Puts `cursor` on the key of `item`; it is valid as long as the item is.
  Key key(long item, Key cursor) {
    return cursor.at(segment, item + geometry.keyOffset(), keyBytes(item));
  }

  long valueOffset(long item) {
    return item + geometry.keyOffset() + keyBytes(item) + 1;
  }

  long firstPiece(long item) {
    return segment.get(JAVA_LONG_UNALIGNED, valueOffset(item));
  }

  void firstPiece(long item, long piece) {
    segment.set(JAVA_LONG_UNALIGNED, valueOffset(item), piece);
  }

  /// Fills `header` from `item`. Returns the state it was read with.
  long snapshot(long item, ItemHeader header) {
    long state = state(item);
    header.clientFlags = clientFlags(item);
    header.valueBytes = valueBytes(item);
    header.cas = cas(item);
    header.deadline = deadline(item);
    header.lastAccess = (int) (state >>> ItemLayout.TIME_SHIFT);
    header.marks = (int) state & ItemLayout.MARKS;
    header.slabClass = list(item) & LruSegment.CLASS_MASK;
    header.totalBytes = totalBytes(item);
    return state;
  }

  /// Copies a range of the value of `item`, whose `state` the caller has read with a header that
  /// was consistent. False when the pieces didn't make sense, which only an unlocked reader may
  /// see.
  boolean copyValue(
      long item, long state, int from, MemorySegment target, long targetOffset, int bytes) {
    if ((state & ItemLayout.IN_PIECES) == 0) {
      MemorySegment.copy(segment, valueOffset(item) + from, target, targetOffset, bytes);
      return true;
    }
    long piece = firstPiece(item);
    int skip = from;
    int copied = 0;
    while (copied < bytes) {
      if (!isPlausiblePiece(piece)) {
        return false;
      }
      int inPiece = valueBytes(piece);
      if (inPiece <= 0 || inPiece > geometry.chunkBytesMax()) {
        return false;
      }
      int here = Math.min(inPiece - skip, bytes - copied);
      if (here > 0) {
        long source = piece + ItemLayout.HEADER_BYTES + skip;
        MemorySegment.copy(segment, source, target, targetOffset + copied, here);
        copied += here;
        skip = 0;
      } else {
        skip -= inPiece;
      }
      piece = next(piece);
    }
    return true;
  }

  private boolean isPlausiblePiece(long piece) {
    return mayBeItem(piece) && piece % Long.BYTES == 0;
  }
}
