package io.scrubjay.engine.lldb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.scrubjay.memory.ByteComparison;
import io.scrubjay.memory.Region;
import java.lang.foreign.MemorySegment;

/// The headers of the records that were written lately, and which keys lately lost theirs: what
/// whoever replaces or removes a record must know of it, without a search in the tree. Never wrong:
/// a key is either not known here, or known as it is in the tree.
///
/// Shape: sets of [#WAYS] places, the oldest of which is given away. Hashes lie apart from the
/// places, so that a look-up touches the one place that may be its key's. A place has
/// [#PLACE_BYTES]:
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 32 | header of the record ([ItemRecord]) |
/// | 32 | 4 | bytes of the record, or [Tree#ABSENT] |
/// | 36 | 2 | number of the database |
/// | 38 | 1 | bytes of the key; 0: the place is free |
/// | 39 | 89 | the key; longer ones are never known |
///
/// Threads: whoever holds the stripe of `hash`, which is of all places of its set. Owner: [#close].
final class RecentHeaders implements AutoCloseable {
  static final int KEY_BYTES_MAX = 89;
  static final int PLACE_BYTES = 128;
  static final int WAYS = 4;
  private static final int RECORD_BYTES_AT = 32;
  private static final int DATABASE_AT = 36;
  private static final int KEY_BYTES_AT = 38;
  private static final int KEY_AT = 39;

  /// A set for each stripe, which the same bits of a hash choose.
  private static final int SETS_MIN = Stripes.COUNT;

  private static final int SETS_MAX = 1 << 20;

  private final Region region;
  private final MemorySegment places;
  private final int[] hashes;

  /// Of each set, the place that was taken last.
  private final byte[] newest;

  private final int shift;

  /// Takes up to 1/16 of `memoryBytes`, and 512 KiB where that is less, which is below `-m 8`: a
  /// set must lie under one stripe. It is address space until it is used, and little beside the
  /// memory tables, which have a minimum of 8 MiB.
  RecentHeaders(long memoryBytes) {
    long wanted = Long.highestOneBit(Math.max(1, memoryBytes / 16 / (WAYS * PLACE_BYTES)));
    int sets = Math.clamp(wanted, SETS_MIN, SETS_MAX);
    region = Region.reserve((long) sets * WAYS * PLACE_BYTES);
    places = region.segment();
    hashes = new int[sets * WAYS];
    newest = new byte[sets];
    shift = Integer.SIZE - Integer.numberOfTrailingZeros(sets);
  }

  /// The length of the record under the key, whose header is now in `record`; [Tree#ABSENT] when
  /// there is none; [Tree#UNKNOWN] when it isn't known here.
  int find(int database, int hash, MemorySegment key, int keyBytes, MemorySegment record) {
    int way = way(database, hash, key, keyBytes);
    if (way < 0) {
      return Tree.UNKNOWN;
    }
    long place = place(way);
    MemorySegment.copy(places, place, record, 0, ItemRecord.HEADER_BYTES);
    return places.get(JAVA_INT, place + RECORD_BYTES_AT);
  }

  /// The key's record is now one of `recordBytes` that begins as `record` does, or there is none:
  /// [Tree#ABSENT].
  void put(
      int database, int hash, MemorySegment key, int keyBytes, MemorySegment record, int bytes) {
    if (keyBytes > KEY_BYTES_MAX) {
      return;
    }
    int way = way(database, hash, key, keyBytes);
    if (way < 0) {
      way = take(hash);
      long place = place(way);
      places.set(JAVA_SHORT, place + DATABASE_AT, (short) database);
      places.set(JAVA_BYTE, place + KEY_BYTES_AT, (byte) keyBytes);
      MemorySegment.copy(key, 0, places, place + KEY_AT, keyBytes);
    }
    MemorySegment.copy(record, 0, places, place(way), ItemRecord.HEADER_BYTES);
    places.set(JAVA_INT, place(way) + RECORD_BYTES_AT, bytes);
  }

  /// What is in the tree under the key isn't certain.
  void forget(int database, int hash, MemorySegment key, int keyBytes) {
    int way = way(database, hash, key, keyBytes);
    if (way >= 0) {
      places.set(JAVA_BYTE, place(way) + KEY_BYTES_AT, (byte) 0);
    }
  }

  /// Under all stripes. Writes only where something is, so that memory nobody used stays so.
  void forgetAll() {
    for (int way = 0; way < hashes.length; way++) {
      long at = place(way) + KEY_BYTES_AT;
      if (places.get(JAVA_BYTE, at) != 0) {
        places.set(JAVA_BYTE, at, (byte) 0);
      }
    }
  }

  /// Where the key is known, or -1.
  private int way(int database, int hash, MemorySegment key, int keyBytes) {
    int first = (hash >>> shift) * WAYS;
    for (int way = first; way < first + WAYS; way++) {
      if (hashes[way] == hash && isOf(place(way), database, key, keyBytes)) {
        return way;
      }
    }
    return -1;
  }

  private boolean isOf(long place, int database, MemorySegment key, int keyBytes) {
    return places.get(JAVA_BYTE, place + KEY_BYTES_AT) == keyBytes
        && places.get(JAVA_SHORT, place + DATABASE_AT) == database
        && ByteComparison.equal(places, place + KEY_AT, key, 0, keyBytes);
  }

  /// The oldest place of the hash's set, for a new key.
  private int take(int hash) {
    int set = hash >>> shift;
    newest[set] = (byte) ((newest[set] + 1) % WAYS);
    int way = set * WAYS + newest[set];
    hashes[way] = hash;
    return way;
  }

  private static long place(int way) {
    return (long) way * PLACE_BYTES;
  }

  @Override
  public void close() {
    region.close();
  }
}
