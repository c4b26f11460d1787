package io.scrubjay.engine.lldb;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// CAS ids, each given once in the life of the data: blocks of [#BLOCK] are set aside on disk,
/// synced, before the first of a block is given, and what a stop leaves of a block is never used.
///
/// Threads: any.
final class CasIds {
  static final long BLOCK = 1 << 20;

  private final AtomicLong last;
  private final LongConsumer saveDurably;
  private volatile long reserved;

  /// `saved` is what the last run set aside; `saveDurably` returns when its argument is on disk.
  CasIds(long saved, LongConsumer saveDurably) {
    this.last = new AtomicLong(saved);
    this.saveDurably = saveDurably;
    this.reserved = saved;
    reserve(saved);
  }

  long next() {
    long id = last.incrementAndGet();
    if (id > reserved) {
      reserve(id);
    }
    return id;
  }

  /// Sets the next block aside early, so that no request has to wait for it.
  void reserveAhead() {
    if (reserved - last.get() < BLOCK / 2) {
      reserve(reserved);
    }
  }

  private synchronized void reserve(long past) {
    if (past >= reserved) {
      long upTo = past + BLOCK;
      saveDurably.accept(upTo);
      reserved = upTo;
    }
  }

  /// The last id given; to be saved when nothing more will be.
  long last() {
    return last.get();
  }
}
