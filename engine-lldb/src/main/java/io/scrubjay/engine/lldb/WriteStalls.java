package io.scrubjay.engine.lldb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

/// Knows when RocksDB takes no writes because flushes or compactions are behind. Then requests that
/// would write are put off and asked again when it has caught up, so that their clients wait and
/// the loop doesn't.
///
/// Threads: any; RocksDB's own threads call [#onStallConditionsChanged].
final class WriteStalls extends AbstractEventListener {
  private final Set<String> stopped = new HashSet<>();
  private final List<Runnable> waiters = new ArrayList<>();
  private volatile boolean stalled;
  private volatile long count;

  WriteStalls() {
    super(EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED);
  }

  boolean stalled() {
    return stalled;
  }

  /// Stops so far.
  long count() {
    return count;
  }

  /// Has `waiter` run when writes flow; at once if they do.
  void whenFlowing(Runnable waiter) {
    synchronized (this) {
      if (stalled) {
        if (!waiters.contains(waiter)) {
          waiters.add(waiter);
        }
        return;
      }
    }
    waiter.run();
  }

  @Override
  public void onStallConditionsChanged(WriteStallInfo info) {
    changed(info.getColumnFamilyName(), info.getCurrentCondition() == WriteStallCondition.STOPPED);
  }

  void changed(String columnFamily, boolean stops) {
    List<Runnable> awake = List.of();
    synchronized (this) {
      boolean known = stops ? stopped.add(columnFamily) : stopped.remove(columnFamily);
      if (!known) {
        return;
      }
      boolean before = stalled;
      stalled = !stopped.isEmpty();
      if (stalled && !before) {
        count++;
      } else if (!stalled) {
        awake = List.copyOf(waiters);
        waiters.clear();
      }
    }
    awake.forEach(Runnable::run);
  }
}
