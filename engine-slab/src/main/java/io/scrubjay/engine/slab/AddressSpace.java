package io.scrubjay.engine.slab;

import io.scrubjay.memory.Region;

/// The two regions an engine works in, reserved at once and touched as they are used: one for items
/// and one for the index of as many as the first can hold.
///
/// Where reserving costs nothing there is room to raise the limit later (`cache_memlimit`); where
/// the system refuses so much, or has no such thing, there is room for `-m`.
///
/// Ownership: [#close] gives both back.
final class AddressSpace implements AutoCloseable {
  private static final long WIDE_BYTES = 1L << 40;

  final Region items;
  final Region index;

  /// The power that an index of so many items could come to need.
  final int powerMax;

  private AddressSpace(Region items, Region index, int powerMax) {
    this.items = items;
    this.index = index;
    this.powerMax = powerMax;
  }

  static AddressSpace reserve(long limitBytes, SlabGeometry geometry, IndexSettings settings) {
    long needed = PagePool.regionBytes(limitBytes);
    if (needed < WIDE_BYTES && Region.costsNothing()) {
      try {
        return reserveExactly(WIDE_BYTES, geometry, settings);
      } catch (OutOfMemoryError _) {
        // A limit on address space (RLIMIT_AS, no overcommit): what is needed now may still do.
      }
    }
    return reserveExactly(needed, geometry, settings);
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
      Region index = Region.reserve(HashIndex.regionBytes(powerMax, itemsMax));
      return new AddressSpace(items, index, powerMax);
    } catch (OutOfMemoryError refused) {
      items.close();
      throw refused;
    }
  }

  /// The last power that the items could make due.
  private static int powerFor(long itemsMax, IndexSettings settings) {
    int power = settings.power();
    while (settings.expand() && power < IndexSettings.POWER_MAX && itemsMax > (3L << power) / 2) {
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
