package io.scrubjay.engine.slab;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.Reassign;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.engine.StatisticsSink;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The thread that moves pages between slab classes, one at a time: those an operator asks for, and
/// between them those that [Automover] finds worth it (spec 7.4).
///
/// A page is given away in three steps: taken out of service, emptied in as many passes as that
/// takes, and, once every session has begun a new turn, handed on. Until then those who read
/// without a lock may still look at it, and record a hit in an item that isn't there any more.
///
/// Threads: [#turn] is the mover's; the rest any. [#close] once, after which the page on its way
/// stays where it was.
final class PageMover implements SlabControl, AutoCloseable {
  /// Passes after which a large item in use is deleted.
  static final int BUSY_PASSES_MAX = 5000;

  /// Passes in a row that found no memory, after which the move is given up.
  static final int PASSES_WITHOUT_MEMORY_MAX = 20;

  private static final long BACK_OFF_MIN_NANOS = 50_000;
  private static final long BACK_OFF_MAX_NANOS = 5_000_000;

  /// The same once all is deleted that may be: only those who hold the rest can help.
  private static final long LATE_BACK_OFF_MAX_NANOS = 100_000_000;

  private record Move(int source, int target, boolean asked) {}

  private final ItemStore store;
  private final Turns turns;
  private final EngineEvents events;
  private final MoverCounts counts = new MoverCounts();
  private final Automover automover;
  private final boolean enabled;
  private final int busyPassesMax;
  private final PacedThread thread;
  private volatile @Nullable Move move;
  private volatile boolean stopped;
  private int lastPicked;

  PageMover(ItemStore store, Turns turns, MoverSettings settings, EngineEvents events) {
    this(store, turns, settings, events, BUSY_PASSES_MAX);
  }

  /// For tests that can't wait for [#BUSY_PASSES_MAX] passes.
  PageMover(
      ItemStore store,
      Turns turns,
      MoverSettings settings,
      EngineEvents events,
      int busyPassesMax) {
    this.store = store;
    this.turns = turns;
    this.events = events;
    this.enabled = settings.reassign();
    this.busyPassesMax = busyPassesMax;
    this.automover = new Automover(store, settings);
    this.thread = new PacedThread("mc-slabmaint", this::turn, events);
  }

  void start() {
    if (enabled) {
      thread.start();
    }
  }

  // ---- what an operator may ask

  @Override
  public boolean reassigns() {
    return enabled;
  }

  @Override
  public Reassign reassign(int source, int target) {
    return ask(source, target, true);
  }

  private synchronized Reassign ask(int source, int target, boolean asked) {
    if (!enabled) {
      throw new AssertionError("no pages move here");
    }
    if (move != null) {
      return Reassign.BUSY;
    }
    if (source == target) {
      return Reassign.SAME;
    }
    int from = source == ANY_CLASS ? pickSource(target) : source;
    if (!isClass(from) || !isClass(target)) {
      return Reassign.BAD_CLASS;
    }
    if (pages(from) < 2) {
      return Reassign.NO_SPARE;
    }
    move = new Move(from, target, asked);
    thread.wake();
    return Reassign.STARTED;
  }

  private boolean askItself(int source, int target) {
    return ask(source, target, false) == Reassign.STARTED;
  }

  private boolean isClass(int slabClass) {
    return slabClass >= POOL && slabClass <= store.geometry.largest();
  }

  private long pages(int slabClass) {
    return slabClass == POOL ? store.pool.freePages() : store.slab(slabClass).pages();
  }

  /// The next class in turn that has a page to spare, or [#ANY_CLASS] when none has.
  private int pickSource(int target) {
    int classes = store.geometry.largest();
    for (int tried = 0; tried < classes; tried++) {
      lastPicked = lastPicked % classes + 1;
      if (lastPicked != target && store.slab(lastPicked).pages() > 1) {
        return lastPicked;
      }
    }
    return ANY_CLASS;
  }

  @Override
  public void automove(int mode) {
    automover.mode(mode);
    thread.wake();
  }

  @Override
  public void automoveRatio(double ratio) {
    automover.ratio(ratio);
  }

  @Override
  public void automoveFreeRatio(double ratio) {
    automover.freeRatio(ratio);
  }

  @Override
  public void automoveWindow(int seconds) {
    automover.window(seconds);
  }

  @Override
  public boolean memoryLimit(long bytes) {
    return store.pool.limit(bytes);
  }

  // ---- figures

  void printCounts(StatisticsSink sink) {
    if (enabled) {
      counts.print(move != null, sink);
    }
  }

  void printSettings(StatisticsSink sink) {
    sink.put("slab_reassign", enabled ? "yes" : "no");
    automover.printSettings(sink);
  }

  void resetCounts() {
    counts.reset();
  }

  // ---- the thread

  private long turn(long nowNanos) {
    Move asked = move;
    if (asked == null) {
      long pauseNanos = automover.tick(nowNanos, this::askItself);
      return move == null ? pauseNanos : 0;
    }
    boolean done = false;
    try {
      done = asked.source == POOL ? movePooled(asked) : move(asked);
    } finally {
      move = null;
      if (events.watchesSystem()) {
        events.pageMoved(asked.source, asked.target, done);
      }
    }
    return 0;
  }

  private boolean movePooled(Move asked) {
    long page = store.pool.takeFree();
    if (page == 0) {
      return false;
    }
    handOver(page, asked.target);
    return true;
  }

  private boolean move(Move asked) {
    SlabClass source = store.slab(asked.source);
    long page = source.beginEvacuation();
    if (page == 0) {
      return false;
    }
    boolean mayEvict = asked.asked || automover.mode() == AUTOMOVE_MAX || store.pool.isFull();
    int inUse = source.evacuatedInUse();
    var evacuation = new Evacuation(store, counts, asked.source, page, mayEvict);
    boolean emptied = false;
    try {
      emptied = empty(evacuation, source) && turns.awaitAll(() -> stopped);
    } finally {
      if (!emptied) {
        source.abandonEvacuation();
      }
    }
    if (!emptied) {
      return false;
    }
    source.endEvacuation();
    counts.add(MoverCounts.Count.INLINE_RECLAIM, inUse - evacuation.rescued());
    handOver(page, asked.target);
    return true;
  }

  private boolean empty(Evacuation evacuation, SlabClass source) {
    long backOffNanos = BACK_OFF_MIN_NANOS;
    int withoutMemory = 0;
    for (int passes = 0; source.evacuatedInUse() > 0; passes++) {
      if (stopped || withoutMemory == PASSES_WITHOUT_MEMORY_MAX) {
        return false;
      }
      boolean late = passes >= busyPassesMax;
      if (evacuation.pass(late) > 0) {
        LockSupport.parkNanos(this, backOffNanos);
        long backOffMaxNanos = late ? LATE_BACK_OFF_MAX_NANOS : BACK_OFF_MAX_NANOS;
        backOffNanos = Math.min(2 * backOffNanos, backOffMaxNanos);
      }
      withoutMemory = evacuation.outOfMemory() ? withoutMemory + 1 : 0;
    }
    return true;
  }

  private void handOver(long page, int target) {
    if (target == POOL) {
      store.pool.give(page);
    } else {
      store.slab(target).addPage(page);
    }
    counts.add(MoverCounts.Count.MOVED);
  }

  @Override
  public void close() {
    stopped = true;
    thread.close();
  }
}
