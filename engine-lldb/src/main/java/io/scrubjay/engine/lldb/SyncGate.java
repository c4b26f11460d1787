package io.scrubjay.engine.lldb;

import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;

/// One sync for all who wait: whoever comes while a sync runs waits for it to end, then the first
/// of them syncs for all.
///
/// A sync covers the writes that were made before it began. So a writer notes [#mark] after its
/// write; a sync with a greater number began later. Threads: any.
final class SyncGate {
  @FunctionalInterface
  interface Log {
    void sync() throws RocksDBException;
  }

  private final Log log;
  private final ReentrantLock syncing = new ReentrantLock();
  private volatile long begun;
  private volatile long done;

  SyncGate(Log log) {
    this.log = log;
  }

  /// To be taken after a write.
  long mark() {
    return begun;
  }

  /// Returns when what was written before `mark` was taken is on disk.
  void await(long mark) throws RocksDBException {
    if (done > mark) {
      return;
    }
    syncing.lock();
    try {
      if (done <= mark) {
        long number = begun + 1;
        begun = number;
        log.sync();
        done = number;
      }
    } finally {
      syncing.unlock();
    }
  }
}
