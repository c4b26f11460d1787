package io.scrubjay.server.watch;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.EngineEvents;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything about `watch`: who watches, who writes, and the thread between them.
///
/// Shape: each worker, and the engine, has a [WatchLog] that writes lines into a [LogRing] of its
/// own while somebody wants its stream. The logger thread, [#run], moves lines from the rings into
/// the buffers of the [Watcher]s that want them, lowest gid first, and wakes the watchers' workers,
/// which send. Nobody waits for anybody: a full ring drops lines, a full buffer skips them, and
/// both are counted. When every buffer that wants a stream has refused a line of it, workers write
/// no more of them until somebody has read: they only count.
///
/// Limits: [#WATCHERS_MAX] watchers, the capacities of rings and buffers. Threads: any. Source:
/// spec 2.7.
public final class Watchers implements Runnable {
  public static final int WATCHERS_MAX = 20;

  /// Lines are looked for this often while they come, and less and less often while none do: no
  /// worker ever has to wake the logger.
  private static final long PAUSE_NANOS_MIN = 1_000_000;

  private static final long PAUSE_NANOS_MAX = 50_000_000;

  /// So that a stream of lines without end is sent while it lasts.
  private static final int TELL_EVERY_LINES = 64;

  private static final WatchStream[] STREAMS = WatchStream.values();

  private final int ringBytes;
  private final int bufferBytes;
  private final InstantSource time;
  private final List<WatchLog> logs = new CopyOnWriteArrayList<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final EngineLog engineLog;

  /// Streams whose lines nobody has room for. Guarded by this, to be written.
  private volatile int full;

  private final AtomicLong lastGid = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private volatile @Nullable Thread logger;
  private volatile boolean stopping;

  /// @param ringBytes `worker_logbuf_size`
  /// @param bufferBytes `watcher_logbuf_size`
  /// @param time for the lines' time stamps
  /// @param serverSeconds the cache's clock, for ages and what is left to live
  /// @param notices where the engine's lines for the operator go
  /// @param verbose whether the operator wants more of them
  public Watchers(
      int ringBytes,
      int bufferBytes,
      InstantSource time,
      CacheClock serverSeconds,
      Consumer<String> notices,
      BooleanSupplier verbose) {
    this.ringBytes = ringBytes;
    this.bufferBytes = bufferBytes;
    this.time = time;
    this.engineLog = new EngineLog(newLog(), serverSeconds, notices, verbose);
  }

  /// For one more thread that writes.
  public WatchLog newLog() {
    WatchLog log = new WatchLog(this, new LogRing(ringBytes, WatchLog.LINE_BYTES_MAX), time);
    logs.add(log);
    return log;
  }

  /// Where the engine tells what it does.
  public EngineEvents engineEvents() {
    return engineLog;
  }

  /// Null when [#WATCHERS_MAX] watch already. `wake` is called on the logger's thread when there
  /// are lines to [Watcher#take], and answers false if that could not be passed on.
  public synchronized @Nullable Watcher add(Set<WatchStream> streams, BooleanSupplier wake) {
    if (watchers.size() == WATCHERS_MAX) {
      return null;
    }
    int bits = 0;
    for (WatchStream stream : streams) {
      bits |= stream.bit();
    }
    Watcher added = new Watcher(this, bits, nextGid(), bufferBytes, wake);
    watchers.add(added);
    tellWhatIsWanted();
    roomAgain(bits);
    LockSupport.unpark(logger);
    return added;
  }

  synchronized void remove(Watcher watcher) {
    watchers.remove(watcher);
    tellWhatIsWanted();
  }

  private void tellWhatIsWanted() {
    int bits = 0;
    for (Watcher watcher : watchers) {
      bits |= watcher.streamBits();
    }
    for (WatchLog log : logs) {
      log.wanted(bits);
    }
  }

  /// Looked at again under the monitor, since a watcher may be reading just now: it makes its room
  /// before it comes to [#roomAgain].
  private synchronized void nobodyHasRoom(int streamBit, int lineBytes) {
    for (Watcher watcher : watchers) {
      if ((watcher.streamBits() & streamBit) != 0 && watcher.hasRoom(lineBytes)) {
        return;
      }
    }
    tellWhatIsFull(full | streamBit);
  }

  /// A watcher of these streams has read, or is new.
  synchronized void roomAgain(int streamBits) {
    if ((full & streamBits) != 0) {
      tellWhatIsFull(full & ~streamBits);
      // It may be resting, since there were no lines.
      LockSupport.unpark(logger);
    }
  }

  private void tellWhatIsFull(int streamBits) {
    full = streamBits;
    for (WatchLog log : logs) {
      log.full(streamBits);
    }
  }

  long nextGid() {
    return lastGid.incrementAndGet();
  }

  void countWritten() {
    written.incrementAndGet();
  }

  void countDropped() {
    dropped.incrementAndGet();
  }

  // The logger's thread.

  @Override
  public void run() {
    logger = Thread.currentThread();
    long pauseNanos = PAUSE_NANOS_MIN;
    while (!stopping) {
      if (watchers.isEmpty()) {
        drop();
        LockSupport.park(this);
        pauseNanos = PAUSE_NANOS_MIN;
      } else {
        pauseNanos =
            moveLines() > 0 ? PAUSE_NANOS_MIN : Math.min(pauseNanos * 5 / 4, PAUSE_NANOS_MAX);
        LockSupport.parkNanos(this, pauseNanos);
      }
    }
  }

  public void stop() {
    stopping = true;
    LockSupport.unpark(logger);
  }

  /// What was written for watchers that have left.
  private void drop() {
    for (LogRing ring = lowest(); ring != null; ring = lowest()) {
      ring.done();
    }
  }

  /// One round. Returns how many lines were in the rings.
  int moveLines() {
    int moved = 0;
    countPassedOver();
    for (LogRing ring = lowest(); ring != null && !stopping; ring = lowest()) {
      offer(ring);
      ring.done();
      moved++;
      if (moved % TELL_EVERY_LINES == 0) {
        watchers.forEach(Watcher::tell);
      }
    }
    watchers.forEach(Watcher::tell);
    return moved;
  }

  private void offer(LogRing ring) {
    int kept = 0;
    int refused = 0;
    for (Watcher watcher : watchers) {
      if (watcher.wants(ring.streamBit(), ring.gid())) {
        if (watcher.offer(ring.record(), LogRing.HEADER_BYTES, ring.lineBytes())) {
          kept++;
        } else {
          refused++;
        }
      }
    }
    sent.addAndGet(kept);
    skipped.addAndGet(refused);
    if (kept == 0 && refused > 0 && (full & ring.streamBit()) == 0) {
      nobodyHasRoom(ring.streamBit(), ring.lineBytes());
    }
  }

  private void countPassedOver() {
    for (WatchLog log : logs) {
      for (WatchStream stream : STREAMS) {
        long lines = log.newlyPassedOver(stream);
        if (lines > 0) {
          missed(stream, lines);
        }
      }
    }
    watchers.forEach(Watcher::known);
  }

  private void missed(WatchStream stream, long lines) {
    for (Watcher watcher : watchers) {
      if ((watcher.streamBits() & stream.bit()) != 0) {
        skipped.addAndGet(watcher.passedOver(lines));
      }
    }
  }

  /// The ring whose next line has the lowest gid of those written so far.
  private @Nullable LogRing lowest() {
    LogRing lowest = null;
    for (WatchLog log : logs) {
      LogRing ring = log.ring();
      if (ring.load() && (lowest == null || ring.gid() < lowest.gid())) {
        lowest = ring;
      }
    }
    return lowest;
  }

  // Statistics.

  /// Names and values, as `stats` prints them.
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("log_worker_dropped", dropped.get()));
    figures.add(new Figure("log_worker_written", written.get()));
    figures.add(new Figure("log_watcher_skipped", skipped.get()));
    figures.add(new Figure("log_watcher_sent", sent.get()));
    figures.add(new Figure("log_watchers", watchers.size()));
    return figures;
  }

  /// One of [#figures].
  public record Figure(String name, long value) {}

  /// `stats reset`.
  public void resetFigures() {
    dropped.set(0);
    written.set(0);
    skipped.set(0);
    sent.set(0);
  }
}
