package io.scrubjay.net;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Tasks handed to one loop, first in, first out.
///
/// Shape: producers push onto a lock-free stack; the consumer takes the whole stack at once and
/// turns it round. Closing is one more state of the stack's head, so a task is either refused or
/// certain to be taken. Threads: [#add] any; the rest one consumer. Limits: no more than
/// `waitingMax` on the stack, and as many again taken and not yet run.
final class TaskQueue {
  private static final Entry CLOSED = new Entry(() -> {}, null, 0);

  private final int waitingMax;
  private final AtomicReference<@Nullable Entry> newest = new AtomicReference<>();
  private @Nullable Entry taken;

  TaskQueue(int waitingMax) {
    this.waitingMax = waitingMax;
  }

  /// False, and not added, when closed or full.
  boolean add(Runnable task) {
    while (true) {
      Entry head = newest.get();
      int depth = head == null ? 1 : head.depth + 1;
      if (head == CLOSED || depth > waitingMax) {
        return false;
      }
      if (newest.compareAndSet(head, new Entry(task, head, depth))) {
        return true;
      }
    }
  }

  boolean isEmpty() {
    Entry head = newest.get();
    return taken == null && (head == null || head == CLOSED);
  }

  /// Null when none waits.
  @Nullable Runnable take() {
    if (taken == null) {
      if (isEmpty()) {
        return null;
      }
      taken = turnedRound(newest.getAndSet(null));
    }
    Entry oldest = taken;
    if (oldest == null) {
      return null;
    }
    taken = oldest.next;
    return oldest.task;
  }

  /// Refuses tasks from now on; false, and still open, when some wait.
  boolean closeIfEmpty() {
    return taken == null && (newest.compareAndSet(null, CLOSED) || newest.get() == CLOSED);
  }

  private static @Nullable Entry turnedRound(@Nullable Entry newest) {
    Entry oldestFirst = null;
    Entry entry = newest;
    while (entry != null) {
      Entry older = entry.next;
      entry.next = oldestFirst;
      oldestFirst = entry;
      entry = older;
    }
    return oldestFirst;
  }

  private static final class Entry {
    final Runnable task;
    final int depth;
    @Nullable Entry next;

    Entry(Runnable task, @Nullable Entry next, int depth) {
      this.task = task;
      this.next = next;
      this.depth = depth;
    }
  }
}
