package io.scrubjay.testkit;

import io.scrubjay.engine.Pin;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A pin of the [ModelEngine].
final class ModelPin implements Pin {
  static final int PINS_MAX = 1023;

  private final ModelEngine engine;
  private @Nullable ModelItem item;

  ModelPin(ModelEngine engine) {
    this.engine = engine;
  }

  boolean hold(ModelItem pinned) {
    if (item != null) {
      throw new AssertionError("a pin in use was used again");
    }
    if (pinned.pins == PINS_MAX) {
      return false;
    }
    pinned.pins++;
    item = pinned;
    return true;
  }

  private ModelItem item() {
    if (item == null) {
      throw new AssertionError("the pin isn't in use");
    }
    return item;
  }

  @Override
  public boolean inUse() {
    return item != null;
  }

  @Override
  public int valueBytes() {
    return item().value.length;
  }

  @Override
  public void copy(int valueOffset, MemorySegment target, long targetOffset, int bytes) {
    MemorySegment.copy(item().segment(), valueOffset, target, targetOffset, bytes);
  }

  @Override
  public void release() {
    engine.lock.lock();
    try {
      item().pins--;
      item = null;
    } finally {
      engine.lock.unlock();
    }
  }
}
