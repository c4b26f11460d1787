package io.scrubjay.engine.slab;

import io.scrubjay.engine.Pin;
import java.lang.foreign.MemorySegment;

/// A counted hold on an item's memory. Nobody rewrites or frees a pinned item, so reads need no
/// check.
final class SlabPin implements Pin {
  private final ItemStore store;
  private long item;

  SlabPin(ItemStore store) {
    this.store = store;
  }

  void hold(long pinned) {
    item = pinned;
  }

  @Override
  public boolean inUse() {
    return item != 0;
  }

  @Override
  public int valueBytes() {
    return store.memory.valueBytes(item);
  }

  @Override
  public void copy(int valueOffset, MemorySegment target, long targetOffset, int bytes) {
    if (item == 0 || valueOffset < 0 || bytes < 0 || valueOffset > valueBytes() - bytes) {
      throw new AssertionError(bytes + " bytes from " + valueOffset + " of a pin's value");
    }
    long state = store.memory.state(item);
    if (!store.memory.copyValue(item, state, valueOffset, target, targetOffset, bytes)) {
      throw new AssertionError("the pieces of pinned item " + item + " don't hold its value");
    }
  }

  @Override
  public void release() {
    if (item == 0) {
      throw new AssertionError("a pin that holds nothing was released");
    }
    long pinned = item;
    item = 0;
    store.unpin(pinned);
  }
}
