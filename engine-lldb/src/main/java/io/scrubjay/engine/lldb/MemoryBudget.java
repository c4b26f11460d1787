package io.scrubjay.engine.lldb;

import java.util.concurrent.atomic.AtomicLong;

/// So many bytes and no more, for what clients can make the engine hold. Threads: any.
final class MemoryBudget {
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  MemoryBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  boolean take(long bytes) {
    if (used.addAndGet(bytes) > limitBytes) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  long usedBytes() {
    return used.get();
  }
}
