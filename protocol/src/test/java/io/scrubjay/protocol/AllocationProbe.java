package io.scrubjay.protocol;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Counts what the current thread allocates, to hold codecs to their promise of nothing.
public final class AllocationProbe {
  private static final int WARM_UP_CALLS = 30_000;
  private static final int MEASURED_CALLS = 30_000;

  private AllocationProbe() {}

  /// Bytes allocated per call of a warm `action`, rounded down; a compiler's stray object is lost
  /// in the rounding.
  public static long bytesPerCall(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      action.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MEASURED_CALLS; i++) {
      action.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / MEASURED_CALLS;
  }
}
