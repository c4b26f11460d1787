package io.scrubjay.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// Counts what one thread allocates on the Java heap.
public final class AllocationMeter {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long thread;

  /// What is measured, or what makes the thread do it and waits until it is done.
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  /// Of the calling thread.
  public AllocationMeter() {
    thread = Thread.currentThread().threadId();
  }

  /// Of the thread that is called `name`. Errors: `NoSuchElementException` when none is.
  public AllocationMeter(String name) {
    thread =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(info -> info != null && info.getThreadName().equals(name))
            .findFirst()
            .orElseThrow()
            .getThreadId();
  }

  /// The least that one of up to `runsMax` runs of `work` allocated, in bytes; 0 ends them. More
  /// than one, because code that is still interpreted and compiled may allocate what compiled code
  /// doesn't; as few as its warming up needs, because one run that allocates nothing is enough.
  public <E extends Exception> long leastAllocatedBytes(int runsMax, Work<E> work) throws E {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < runsMax && least > 0; i++) {
      long before = threads.getThreadAllocatedBytes(thread);
      work.run();
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }
}
