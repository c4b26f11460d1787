package io.scrubjay.engine.slab;

import io.scrubjay.engine.StatisticsSink;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// How many items there are of each size, in steps of [#STEP_BYTES]; kept only when asked for
/// (`track_sizes`). Shape: an array in pages, made as sizes occur. Threads: any.
final class SizeCounts {
  static final int STEP_BYTES = 32;
  private static final int PAGE_STEPS = 1024;

  private final AtomicReferenceArray<AtomicLongArray> pages;

  SizeCounts(long itemBytesMax) {
    pages = new AtomicReferenceArray<>((int) (itemBytesMax / STEP_BYTES / PAGE_STEPS) + 1);
  }

  /// `by`: 1 or -1.
  void count(int totalBytes, int by) {
    int step = (totalBytes + STEP_BYTES - 1) / STEP_BYTES;
    int index = step / PAGE_STEPS;
    AtomicLongArray page = pages.get(index);
    if (page == null) {
      pages.compareAndSet(index, null, new AtomicLongArray(PAGE_STEPS));
      page = pages.get(index);
    }
    page.addAndGet(step % PAGE_STEPS, by);
  }

  void print(StatisticsSink sink) {
    for (int index = 0; index < pages.length(); index++) {
      AtomicLongArray page = pages.get(index);
      for (int step = 0; page != null && step < PAGE_STEPS; step++) {
        long items = page.get(step);
        if (items > 0) {
          sink.put(Integer.toString((index * PAGE_STEPS + step) * STEP_BYTES), items);
        }
      }
    }
  }
}
