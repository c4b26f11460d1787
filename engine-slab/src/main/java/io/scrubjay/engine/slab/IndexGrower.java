package io.scrubjay.engine.slab;

import io.scrubjay.engine.EngineEvents;

/// Doubles the index, bucket by bucket, when items exceed one and a half times what it is made for
/// (spec 7.5). Everyone else goes on meanwhile; only who needs the one bucket that is being split
/// waits.
///
/// Threads: [#consider] from any; the rest is `mc-assocmaint`'s; [#close] once.
final class IndexGrower implements AutoCloseable {
  /// Between two looks whether growth is due.
  static final long PAUSE_NANOS = 20_000_000;

  private final ItemStore store;
  private final PacedThread thread;
  private volatile boolean wanted;
  private volatile boolean stopped;
  private boolean resting;
  private long restsUntilNanos;

  IndexGrower(ItemStore store, EngineEvents events) {
    this.store = store;
    this.thread = new PacedThread("mc-assocmaint", this::turn, events);
  }

  void start() {
    thread.start();
  }

  /// Somebody met a full bucket. Cheap when it is known already.
  void consider() {
    if (!wanted) {
      wanted = true;
      thread.wake();
    }
  }

  /// Some buckets overflow in an index that needn't grow, so it rests after each look, also when
  /// woken; `wanted` then stays true, and nobody wakes it a second time.
  long turn(long nowNanos) {
    long restNanos = resting ? restsUntilNanos - nowNanos : 0;
    if (restNanos > 0) {
      return restNanos;
    }
    resting = wanted;
    if (!resting) {
      return Long.MAX_VALUE;
    }
    wanted = false;
    growWhileDue();
    restsUntilNanos = nowNanos + PAUSE_NANOS;
    return PAUSE_NANOS;
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
    thread.close();
  }
}
