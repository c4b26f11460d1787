package io.scrubjay.testkit;

import io.scrubjay.engine.ItemHeader;
import java.lang.foreign.MemorySegment;

/// One item of the [ModelEngine]. Only touched under the engine's lock, but for `value`, which is
/// never written once the item is pinned.
final class ModelItem {
  static final int SLAB_CLASS = 1;

  byte[] value = {};
  int clientFlags;
  int deadline;
  int marks;
  int lastAccess;
  int epoch;
  int totalBytes;
  int pins;
  boolean active;
  long cas;

  MemorySegment segment() {
    return MemorySegment.ofArray(value);
  }

  void fill(ItemHeader header) {
    header.clientFlags = clientFlags;
    header.valueBytes = value.length;
    header.cas = cas;
    header.deadline = deadline;
    header.lastAccess = lastAccess;
    header.marks = marks;
    header.slabClass = SLAB_CLASS;
    header.totalBytes = totalBytes;
  }

  void bump(int now) {
    if ((marks & ItemHeader.FETCHED) == 0) {
      marks |= ItemHeader.FETCHED;
    } else if (!active) {
      active = true;
      lastAccess = now;
    }
  }
}
