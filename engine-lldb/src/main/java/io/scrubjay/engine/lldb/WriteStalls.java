package io.scrubjay.engine.lldb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

/// Knows when RocksDB takes writes slowly, or none, because flushes or compactions are behind. Then
/// requests that would write are put off and asked again later, so that their clients wait and the
/// loop doesn't: all of them while writes are stopped; those past [#SLOW_TURN_BYTES] of a turn
/// while they are slowed down, since RocksDB then holds up whoever writes, in proportion to the
/// bytes.
///
/// Threads: any; RocksDB's own threads call [#onStallConditionsChanged].
final class WriteStalls extends AbstractEventListener {
  /// At RocksDB's lowest rate in practice, 1 MB/s, a worker is held up for 65 ms.
  static final long SLOW_TURN_BYTES = 64 << 10;

  private static final int PAUSE_MILLIS = 1;

  private final Executor afterPause =
      CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);

  /// By column family; what flows isn't in it.
  private final Map<String, WriteStallCondition> stalled = new HashMap<>();

  private final List<Runnable> waiters = new ArrayList<>();

  /// The worst of all column families'.
  private volatile WriteStallCondition condition = WriteStallCondition.NORMAL;

  private volatile long count;

  WriteStalls() {
    super(EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED);
  }

  /// Stops so far.
  long count() {
    return count;
  }

  /// True: whoever has written `turnBytes` in this turn may not write now, and `waiter` is run when
  /// it is worth asking again.
  boolean putOff(long turnBytes, Runnable waiter) {
    return switch (condition) {
      case NORMAL -> false;
      case DELAYED -> {
        boolean tooMuch = turnBytes >= SLOW_TURN_BYTES;
        if (tooMuch) {
          afterPause.execute(waiter);
        }
        yield tooMuch;
      }
      case STOPPED -> {
        whenNotStopped(waiter);
        yield true;
      }
    };
  }

  /// Runs `waiter` at once if it is over by now.
  private void whenNotStopped(Runnable waiter) {
    synchronized (this) {
      if (condition == WriteStallCondition.STOPPED) {
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
    changed(info.getColumnFamilyName(), info.getCurrentCondition());
  }

  void changed(String columnFamily, WriteStallCondition now) {
    List<Runnable> awake = List.of();
    synchronized (this) {
      if (now == WriteStallCondition.NORMAL) {
        stalled.remove(columnFamily);
      } else {
        stalled.put(columnFamily, now);
      }
      boolean before = condition == WriteStallCondition.STOPPED;
      condition = worst();
      boolean stopped = condition == WriteStallCondition.STOPPED;
      if (stopped && !before) {
        count++;
      } else if (!stopped) {
        awake = List.copyOf(waiters);
        waiters.clear();
      }
    }
    awake.forEach(Runnable::run);
  }

  private WriteStallCondition worst() {
    if (stalled.containsValue(WriteStallCondition.STOPPED)) {
      return WriteStallCondition.STOPPED;
    }
    return stalled.isEmpty() ? WriteStallCondition.NORMAL : WriteStallCondition.DELAYED;
  }
}
