package io.scrubjay.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Lookup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Threads contend for one key, in rounds of a few operations each, while the engine is kept busy
/// with what it does of itself. What each was answered, and when, must fit some order of one after
/// the other that keeps to real time: Wing and Gong's check, by search.
public abstract class LinearizabilityContract {
  protected static final int THREADS = 3;

  private static final long SEED = 11;
  private static final int OPERATIONS = 5;
  private static final int ROUNDS = 4000;
  private static final long MISS = -1;
  private static final long FIRST_VALUE = 1_000_000_000;
  private static final long VALUE_STEP = 10_000;

  private final AtomicLong nextValue = new AtomicLong(FIRST_VALUE);

  private enum Kind {
    ADD,
    INCREMENT,
    COMPARE_AND_SET,
    TOUCH,
    DELETE,
    READ
  }

  /// Times by `System.nanoTime`. What `result` is depends on the kind: the number seen, or whether
  /// it was done. Every value stored is new, so that a CAS id stands for a value, and they have ten
  /// digits, so that increments happen in place.
  private record Operation(
      Kind kind, long expected, long stored, long result, long began, long ended) {
    boolean precedes(Operation other) {
      return ended < other.began;
    }

    /// The value after this, [#MISS] for none; null when the answer doesn't fit the value before.
    @SuppressWarnings("NullAway") // null is the third outcome
    Long after(long value) {
      return switch (kind) {
        case ADD -> fits(value == MISS, stored, value);
        case INCREMENT -> value == MISS ? same(value) : result == value + 1 ? value + 1 : null;
        case COMPARE_AND_SET -> fits(value != MISS && value == expected, stored, value);
        case TOUCH -> fits(value != MISS, value, value);
        case DELETE -> fits(value != MISS, MISS, value);
        case READ -> same(value);
      };
    }

    @SuppressWarnings("NullAway")
    private Long fits(boolean done, long next, long unchanged) {
      return (result == 1) == done ? (Long) (done ? next : unchanged) : null;
    }

    @SuppressWarnings("NullAway")
    private Long same(long value) {
      return result == value ? value : null;
    }
  }

  /// To be closed by the test.
  protected abstract Engine open();

  /// One thread calls this as each round begins.
  protected abstract void disturb(Engine engine);

  /// After all rounds.
  protected abstract void check(Engine engine);

  @Test
  void everyHistoryHasAnOrder() throws Exception {
    try (Engine engine = open();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      CyclicBarrier begin = new CyclicBarrier(THREADS);
      List<Callable<List<List<Operation>>>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        long seed = SEED + thread;
        boolean first = thread == 0;
        work.add(() -> rounds(engine, begin, seed, first));
      }
      List<List<List<Operation>>> byThread = new ArrayList<>();
      for (Future<List<List<Operation>>> done : threads.invokeAll(work)) {
        byThread.add(done.get());
      }
      long value = MISS;
      for (int round = 0; round < ROUNDS; round++) {
        List<Operation> history = new ArrayList<>();
        for (List<List<Operation>> rounds : byThread) {
          history.addAll(rounds.get(round));
        }
        Set<Long> ends = ends(history, value);
        assertFalse(ends.isEmpty(), "seed " + SEED + ", round " + round + ": " + history);
        // The last read of a round comes after all else, so it leaves one value.
        value = history.get(OPERATIONS).result;
        assertTrue(ends.contains(value), "seed " + SEED + ", round " + round + ": " + history);
      }
      check(engine);
    }
  }

  private List<List<Operation>> rounds(
      Engine engine, CyclicBarrier barrier, long seed, boolean first) throws Exception {
    var random = new SplittableRandom(seed);
    List<List<Operation>> rounds = new ArrayList<>();
    try (var driver = new EngineDriver(engine)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Operation> history = new ArrayList<>();
        barrier.await();
        if (first) {
          disturb(engine);
        }
        for (int i = 0; i < OPERATIONS; i++) {
          history.add(operate(driver, random));
        }
        barrier.await();
        if (first) {
          history.add(read(driver));
        }
        rounds.add(history);
      }
    }
    return rounds;
  }

  private Operation operate(EngineDriver driver, SplittableRandom random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    if (kind == Kind.READ) {
      return read(driver);
    }
    long expected = 0;
    long cas = 0;
    if (kind == Kind.COMPARE_AND_SET) {
      expected = value(driver);
      cas = expected == MISS ? 0 : driver.header.cas;
    }
    long stored = nextValue.getAndAdd(VALUE_STEP);
    String text = Long.toString(stored);
    long began = System.nanoTime();
    long result =
        switch (kind) {
          case ADD -> driver.add("key", text) ? 1 : 0;
          case INCREMENT -> driver.increment("key", 1);
          case COMPARE_AND_SET -> driver.compareAndSet("key", cas, text) ? 1 : 0;
          case TOUCH -> touch(driver) ? 1 : 0;
          case DELETE -> driver.delete("key") ? 1 : 0;
          case READ -> throw new AssertionError("read above");
        };
    return new Operation(kind, expected, stored, result, began, System.nanoTime());
  }

  private static Operation read(EngineDriver driver) {
    long began = System.nanoTime();
    long seen = value(driver);
    return new Operation(Kind.READ, 0, 0, seen, began, System.nanoTime());
  }

  private static long value(EngineDriver driver) {
    String seen = driver.read("key");
    return seen.startsWith("(") ? MISS : Long.parseLong(seen);
  }

  private static boolean touch(EngineDriver driver) {
    try (Entry entry = driver.open("key")) {
      boolean hit = entry.lookup() == Lookup.HIT;
      if (hit) {
        entry.deadline(0);
      }
      return hit;
    }
  }

  /// The values that some order of all operations, from `start`, can end with.
  private static Set<Long> ends(List<Operation> history, long start) {
    Set<Long> ends = new HashSet<>();
    search(history, 0, start, ends, new HashSet<>());
    return ends;
  }

  private record State(int done, long value) {}

  private static void search(
      List<Operation> history, int done, long value, Set<Long> ends, Set<State> seen) {
    if (done == (1 << history.size()) - 1) {
      ends.add(value);
      return;
    }
    if (!seen.add(new State(done, value))) {
      return;
    }
    for (int i = 0; i < history.size(); i++) {
      if ((done & 1 << i) == 0 && isNext(history, done, i)) {
        Long after = history.get(i).after(value);
        if (after != null) {
          search(history, done | 1 << i, after, ends, seen);
        }
      }
    }
  }

  /// Whether nothing that is still to come was over before this one began.
  private static boolean isNext(List<Operation> history, int done, int candidate) {
    for (int i = 0; i < history.size(); i++) {
      if (i != candidate
          && (done & 1 << i) == 0
          && history.get(i).precedes(history.get(candidate))) {
        return false;
      }
    }
    return true;
  }
}
