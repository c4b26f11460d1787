package io.scrubjay.engine.slab;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.scrubjay.engine.SlabControl;
import io.scrubjay.engine.StatisticsSink;
import io.scrubjay.engine.slab.LruList.Count;
import java.util.Locale;

/// Looks once a second whether a page had better belong to another class, and asks for it; while
/// pages go to the pool, ten times a second. The judgement is [AutomovePolicy]'s. Mode 2 asks
/// besides, at most ten times a second, for a page for a class that has evicted since, each class
/// in its turn.
///
/// Threads: [#tick] the page mover's; settings any.
final class Automover {
  private static final long LOOK_NANOS = MILLISECONDS.toNanos(1000);
  private static final long ACTIVE_LOOK_NANOS = MILLISECONDS.toNanos(100);

  /// Takes a wish for a page to move. False when it doesn't.
  interface Mover {
    boolean ask(int source, int target);
  }

  private final ItemStore store;
  private final long[] evictedBefore;
  private AutomovePolicy policy;
  private volatile int mode;
  private volatile double ratio;
  private volatile double freeRatio;
  private volatile int windowSeconds;
  private long nextLookNanos;
  private long nextFeedNanos;
  private int lastFed;
  private boolean begun;

  Automover(ItemStore store, MoverSettings settings) {
    this.store = store;
    this.mode = settings.automove();
    this.ratio = settings.ratio();
    this.freeRatio = settings.freeRatio();
    this.windowSeconds = settings.windowSeconds();
    this.policy = new AutomovePolicy(windowSeconds);
    this.evictedBefore = new long[store.geometry.largest() + 1];
  }

  int mode() {
    return mode;
  }

  void mode(int value) {
    mode = value;
  }

  void ratio(double value) {
    ratio = value;
  }

  void freeRatio(double value) {
    freeRatio = value;
  }

  void window(int seconds) {
    windowSeconds = seconds;
  }

  void printSettings(StatisticsSink sink) {
    sink.put("slab_automove", mode);
    sink.put("slab_automove_ratio", String.format(Locale.ROOT, "%.2f", ratio));
    sink.put("slab_automove_window", windowSeconds);
    sink.put("slab_automove_freeratio", String.format(Locale.ROOT, "%.3f", freeRatio));
  }

  /// Does what is due; returns how long nothing will be.
  long tick(long nowNanos, Mover mover) {
    if (mode == 0) {
      begun = false;
      return LOOK_NANOS;
    }
    if (!begun) {
      begun = true;
      nextLookNanos = nowNanos + LOOK_NANOS;
      nextFeedNanos = nowNanos;
    }
    boolean feeds = mode == SlabControl.AUTOMOVE_MAX;
    if (feeds && nowNanos - nextFeedNanos >= 0) {
      nextFeedNanos = nowNanos + ACTIVE_LOOK_NANOS;
      feedEvicting(mover);
    }
    if (nowNanos - nextLookNanos >= 0) {
      nextLookNanos = nowNanos + LOOK_NANOS;
      if (policy.windowSamples() != windowSeconds) {
        policy = new AutomovePolicy(windowSeconds);
      }
      AutomovePolicy.Choice choice = policy.decide(samples(), store.pool.isFull(), ratio);
      if (choice != null) {
        boolean _ = mover.ask(choice.source(), choice.target());
        if (choice.target() == SlabControl.POOL) {
          nextLookNanos = nowNanos + ACTIVE_LOOK_NANOS;
        }
      }
    }
    long untilLook = nextLookNanos - nowNanos;
    return feeds ? Math.min(untilLook, nextFeedNanos - nowNanos) : untilLook;
  }

  /// One page at a time moves: the first class after the one that was served last gets it.
  private void feedEvicting(Mover mover) {
    int classes = evictedBefore.length - 1;
    int before = lastFed;
    boolean asked = false;
    for (int i = 0; i < classes; i++) {
      int slabClass = (before + i) % classes + 1;
      long evicted = store.lists.counted(slabClass, Count.EVICTED);
      if (evicted > evictedBefore[slabClass]
          && !asked
          && mover.ask(SlabControl.ANY_CLASS, slabClass)) {
        asked = true;
        lastFed = slabClass;
      }
      evictedBefore[slabClass] = evicted;
    }
  }

  private AutomovePolicy.Sample[] samples() {
    var samples = new AutomovePolicy.Sample[evictedBefore.length];
    for (int slabClass = 1; slabClass < samples.length; slabClass++) {
      SlabClass slab = store.slab(slabClass);
      samples[slabClass] =
          new AutomovePolicy.Sample(
              slab.pages(),
              slab.chunksPerPage(),
              slab.freeChunks(),
              store.lists.counted(slabClass, Count.EVICTED),
              store.lists.counted(slabClass, Count.OUT_OF_MEMORY),
              tailAgeSeconds(slabClass));
    }
    return samples;
  }

  private int tailAgeSeconds(int slabClass) {
    int now = store.freshness.now();
    return Math.max(0, now - store.lists.list(slabClass, LruSegment.COLD).tailTime(now));
  }
}
