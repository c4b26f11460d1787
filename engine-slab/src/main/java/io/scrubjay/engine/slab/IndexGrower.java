package io.scrubjay.engine.slab;

import java.util.concurrent.locks.LockSupport;

/// The thread that doubles the index, bucket by bucket, when items exceed one and a half times what
/// it is made for (spec 7.5). Everyone else goes on meanwhile; only who needs the one bucket that
/// is being split waits.
///
/// Threads: [#consider] from any; [#close] once.
final class IndexGrower implements AutoCloseable {
  private static final long PAUSE_NANOS = 5_000_000;

  private final ItemStore store;
  private final Thread thread;
  private volatile boolean wanted;
  private volatile boolean stopped;

  IndexGrower(ItemStore store) {
    this.store = store;
    this.thread = Thread.ofPlatform().name("mc-assocmaint").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Somebody met a full bucket. Cheap when it is known already.
  void consider() {
    if (!wanted) {
      wanted = true;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!stopped) {
      if (!wanted) {
        LockSupport.park(this);
        continue;
      }
      wanted = false;
      growWhileDue();
      // Some buckets overflow in an index that needn't grow: don't count the items for each.
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  private void growWhileDue() {
    HashIndex index = store.index;
    while (!stopped && index.canGrow() && isDue()) {
      boolean more = true;
      while (more && !stopped) {
        more = index.split();
      }
    }
  }

  private boolean isDue() {
    long madeFor = 1L << store.index.power();
    return store.lists.items() > madeFor + madeFor / 2;
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
