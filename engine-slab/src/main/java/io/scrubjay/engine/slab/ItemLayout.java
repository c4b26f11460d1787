package io.scrubjay.engine.slab;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.scrubjay.engine.ItemHeader;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;

/// How a chunk begins, whatever is in it: an item, a piece of a large item's value, or nothing.
///
/// Shape: 48 bytes of header; then, of an item, `cas` (8, only with CAS), the key and a byte 0, and
/// the value (4 bytes are counted, not used, for client flags other than 0: memcached keeps them
/// there, we in the header). An item whose value is in pieces has, at its value's place, the offset
/// of the first piece. A piece's value bytes follow its header.
///
/// What leads to another chunk (`next`, `previous`, `chained`) is that one's offset in units of 8
/// bytes, the lower 32 bits here and 8 more a few bytes further on.
///
/// `state` is one word so that one compare-and-set sees and changes it whole:
///
///     63         32 31        19 18      9 8       0
///     [ last access | generation | pins    | flags  ]
///
/// The generation changes each time a chunk is taken, so that a reader's late compare-and-set can't
/// hit the chunk's next life. `state` lies at the same place in every kind of chunk for the same
/// reason.
final class ItemLayout {
  private static final MemoryLayout HEADER =
      structLayout(
          JAVA_INT.withName("next"),
          JAVA_INT.withName("previous"),
          JAVA_INT.withName("chained"),
          JAVA_BYTE.withName("nextUpper"),
          JAVA_BYTE.withName("previousUpper"),
          JAVA_BYTE.withName("chainedUpper"),
          JAVA_BYTE.withName("keyBytes"),
          JAVA_LONG.withName("state"),
          JAVA_INT.withName("deadline"),
          JAVA_INT.withName("valueBytes"),
          JAVA_INT.withName("hash"),
          JAVA_BYTE.withName("list"),
          JAVA_BYTE.withName("chunkClass"),
          JAVA_SHORT.withName("dump"),
          JAVA_INT.withName("epoch"),
          JAVA_INT.withName("clientFlags"));

  static final int HEADER_BYTES = (int) HEADER.byteSize();

  /// Next on the LRU list, of the free chunks, or of the pieces.
  static final long NEXT = offset("next");

  /// Of a piece: the item it belongs to.
  static final long PREVIOUS = offset("previous");

  /// In the index: the item chained behind this one. Of an item in a slot: nothing.
  static final long CHAINED = offset("chained");

  static final long NEXT_UPPER = offset("nextUpper");
  static final long PREVIOUS_UPPER = offset("previousUpper");
  static final long CHAINED_UPPER = offset("chainedUpper");
  static final int UNIT_SHIFT = 3;

  static final long STATE = offset("state");
  static final long DEADLINE = offset("deadline");

  /// Of a piece: the bytes of value it has now.
  static final long VALUE_BYTES = offset("valueBytes");

  /// Of a piece: the bytes of value it can have.
  static final long HASH = offset("hash");

  static final long KEY_BYTES = offset("keyBytes");

  /// Accounting class | LRU segment, as memcached's slabs_clsid.
  static final long LIST = offset("list");

  /// The class this very chunk came from; another than the accounting one for large items.
  static final long CHUNK_CLASS = offset("chunkClass");

  /// The [QueueDump] that showed it last.
  static final long DUMP = offset("dump");

  static final long EPOCH = offset("epoch");
  static final long CLIENT_FLAGS = offset("clientFlags");

  // The marks a client can see are the low bits of the flags, so they need no translation.
  static final int MARKS =
      ItemHeader.STALE | ItemHeader.WON | ItemHeader.BINARY_KEY | ItemHeader.FETCHED;
  static final int ACTIVE = 1 << 4;
  static final int LINKED = 1 << 5;
  static final int IN_PIECES = 1 << 6;
  static final int PIECE = 1 << 7;
  static final int FREE = 1 << 8;

  static final long PIN_ONE = 1L << 9;
  static final int PINS_MAX = (1 << 10) - 1;
  static final long PINS_MASK = PINS_MAX * PIN_ONE;
  static final long GENERATION_ONE = 1L << 19;
  static final long GENERATION_MASK = 0xFFFF_FFFFL & -GENERATION_ONE;
  static final int TIME_SHIFT = 32;
  static final long TIME_MASK = -1L << TIME_SHIFT;

  static {
    if (HEADER_BYTES != 48 || STATE % Long.BYTES != 0 || MARKS != ACTIVE - 1) {
      throw new AssertionError("item header is " + HEADER_BYTES + " bytes, sizes count 48");
    }
  }

  private ItemLayout() {}

  private static long offset(String field) {
    return HEADER.byteOffset(PathElement.groupElement(field));
  }
}
