package io.scrubjay.engine.lldb;

import java.util.concurrent.locks.ReentrantLock;

/// Exclusive hold of keys, by stripes of their hashes, in memory only. A session holds at most one
/// stripe, and never while it waits for the disk to answer a read. Threads: any.
final class Stripes {
  private static final int COUNT_POWER = 10;
  static final int COUNT = 1 << COUNT_POWER;

  private final ReentrantLock[] locks = new ReentrantLock[COUNT];

  Stripes() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  ReentrantLock of(int hash) {
    // Highest bits, so that each set of RecentHeaders lies under one stripe.
    return locks[hash >>> (Integer.SIZE - COUNT_POWER)];
  }

  /// For what touches keys that it doesn't know. From the first to the last, so that two of these
  /// don't wait for each other.
  void lockAll() {
    for (ReentrantLock lock : locks) {
      lock.lock();
    }
  }

  void unlockAll() {
    for (ReentrantLock lock : locks) {
      lock.unlock();
    }
  }
}
