package io.scrubjay.engine.slab;

import io.scrubjay.memory.Region;

/// The two regions an engine works in, reserved at once and touched as they are used: one for items
/// and one for the index of as many as the first can hold.
///
/// Where reserving costs nothing there is room to raise the limit later (`cache_memlimit`): to
/// twice `-m`, or to 32 GiB. Where the system refuses so much, or has no such thing, there is room
/// for `-m`. The wider the room, the fewer bits the index has for tags, so it isn't wider than
/// that.
///
/// Ownership: [#close] gives both back.
final class AddressSpace implements AutoCloseable {
  private static final long ROOMY_BYTES = 1L << 35;

  final Region items;
  final Region index;

  /// The power that an index of so many items could come to need.
  final int powerMax;

  private AddressSpace(Region items, Region index, int powerMax) {
    this.items = items;
    this.index = index;
    this.powerMax = powerMax;
  }

  /// Errors: `IllegalArgumentException` when the index has no numbers for so much memory.
  static AddressSpace reserve(long limitBytes, SlabGeometry geometry, IndexSettings settings) {
    long needed = PagePool.regionBytes(limitBytes);
    SettingValues.require(
        needed > 0 && needed <= HashIndex.ITEM_BYTES_MAX,
        "item memory (-m)",
        (limitBytes >> 20) + " MiB",
        "less than " + (HashIndex.ITEM_BYTES_MAX >> 20) + " MiB");
    long roomy = Math.max(ROOMY_BYTES, Math.min(roundedUp(2 * needed), HashIndex.ITEM_BYTES_MAX));
    if (needed < roomy && Region.costsNothing()) {
      try {
        return reserveExactly(roomy, geometry, settings);
      } catch (OutOfMemoryError _) {
        // A limit on address space (RLIMIT_AS, no overcommit): what is needed now may still do.
      }
    }
    return reserveExactly(needed, geometry, settings);
  }

  private static long roundedUp(long bytes) {
    return Long.highestOneBit(bytes - 1) << 1;
  }

  private static AddressSpace reserveExactly(
      long bytes, SlabGeometry geometry, IndexSettings settings) {
    return around(Region.reserve(bytes), geometry, settings);
  }

  /// Adds an index to `items`, and closes it when there is no room for that.
  static AddressSpace around(Region items, SlabGeometry geometry, IndexSettings settings) {
    long itemsMax = items.segment().byteSize() / geometry.chunkBytes(1);
    int powerMax = powerFor(itemsMax, settings);
    try {
      Region index = Region.reserve(HashIndex.regionBytes(powerMax));
      return new AddressSpace(items, index, powerMax);
    } catch (OutOfMemoryError refused) {
      items.close();
      throw refused;
    }
  }

  /// The last power that the items could make due.
  private static int powerFor(long itemsMax, IndexSettings settings) {
    int power = settings.power();
    while (power < settings.powerMax() && itemsMax > (3L << power) / 2) {
      power++;
    }
    return power;
  }

  @Override
  public void close() {
    index.close();
    items.close();
  }
}
