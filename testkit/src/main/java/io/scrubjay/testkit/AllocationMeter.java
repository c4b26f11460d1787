package io.scrubjay.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Counts what the calling thread allocates on the Java heap.
public final class AllocationMeter {
  private static final int MEASUREMENTS_MAX = 5;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// The least that one of a few runs of `work` allocated, in bytes; 0 at best. More than one,
  /// because what isn't compiled yet may allocate what compiled code doesn't.
  public long leastAllocatedBytes(Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS_MAX && least > 0; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      work.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
