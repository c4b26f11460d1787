package io.scrubjay.engine.slab;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.scrubjay.engine.SlabControl;
import io.scrubjay.engine.StatisticsSink;
import io.scrubjay.engine.slab.LruList.Count;
import java.util.Locale;

/// Looks once a second whether a page had better belong to another class, and asks for it; in mode
/// 2 ten times a second, for each class that has evicted since. The judgement is
/// [AutomovePolicy]'s.
///
/// Threads: [#tick] the page mover's; settings any.
final class Automover {
  private static final long LOOK_NANOS = MILLISECONDS.toNanos(1000);
  private static final long ACTIVE_LOOK_NANOS = MILLISECONDS.toNanos(100);

  /// Takes a wish for a page to move.
  interface Mover {
    void ask(int source, int target);
  }

  private final ItemStore store;
  private final long[] evictedBefore;
  private AutomovePolicy policy;
  private volatile int mode;
  private volatile double ratio;
  private volatile double freeRatio = 0.01;
  private volatile int windowSeconds;
  private long nextLookNanos;
  private boolean begun;

  Automover(ItemStore store, MoverSettings settings) {
    this.store = store;
    this.mode = settings.automove();
    this.ratio = settings.ratio();
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

  /// Of the flash tier alone (spec 1.3); kept to be shown.
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
    }
    if (mode == SlabControl.AUTOMOVE_MAX) {
      feedEvicting(mover);
    }
    if (nowNanos - nextLookNanos >= 0) {
      nextLookNanos = nowNanos + LOOK_NANOS;
      if (policy.windowSamples() != windowSeconds) {
        policy = new AutomovePolicy(windowSeconds);
      }
      AutomovePolicy.Choice choice = policy.decide(samples(), store.pool.isFull(), ratio);
      if (choice != null) {
        mover.ask(choice.source(), choice.target());
        nextLookNanos = nowNanos + ACTIVE_LOOK_NANOS;
      }
    }
    long untilLook = nextLookNanos - nowNanos;
    return mode == SlabControl.AUTOMOVE_MAX ? Math.min(untilLook, ACTIVE_LOOK_NANOS) : untilLook;
  }

  private void feedEvicting(Mover mover) {
    for (int slabClass = 1; slabClass < evictedBefore.length; slabClass++) {
      long evicted = store.lists.counted(slabClass, Count.EVICTED);
      if (evicted > evictedBefore[slabClass]) {
        mover.ask(SlabControl.ANY_CLASS, slabClass);
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
