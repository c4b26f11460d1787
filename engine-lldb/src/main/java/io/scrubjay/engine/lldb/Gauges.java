package io.scrubjay.engine.lldb;

import java.util.concurrent.atomic.LongAdder;

/// How much one database holds: what a count of its records found when it was opened, and what has
/// changed since. Until the count is through, `base` is an estimate. Threads: any.
final class Gauges {
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile long itemsBase;
  private volatile long bytesBase;
  private volatile boolean exact;

  void base(long itemsThen, long bytesThen, boolean counted) {
    itemsBase = itemsThen;
    bytesBase = bytesThen;
    exact = counted;
  }

  void changed(int itemsBy, long bytesBy) {
    if (itemsBy != 0) {
      items.add(itemsBy);
    }
    bytes.add(bytesBy);
  }

  long items() {
    return Math.max(0, itemsBase + items.sum());
  }

  long bytes() {
    return Math.max(0, bytesBase + bytes.sum());
  }

  /// The count is through.
  boolean exact() {
    return exact;
  }
}
