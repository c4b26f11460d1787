package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Lookup;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random operations on the engine and on a map, in lockstep, with moving time, flushes, sweeps and
/// restarts, and so little memory that tables are written all the while. The engine may forget
/// nothing: each read gives exactly what the map has.
class LldbModelTest {
  private static final int OPERATIONS = 12_000;
  private static final int KEYS = 400;
  private static final int RUNS = 6;

  private static final class Expected {
    final byte[] value;
    final int deadline;

    Expected(byte[] value, int deadline) {
      this.value = value;
      this.deadline = deadline;
    }
  }

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final Map<String, Expected> model = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyReadGivesWhatWasStoredLast(long seed) {
    var random = new SplittableRandom(seed);
    var options = Stores.options(Map.of("write_buffer", "1m", "block_cache", "1"));
    Path data = Stores.fresh(folder, "data");
    for (int run = 0; run < RUNS; run++) {
      try (LldbEngine engine = Stores.open(data, options, clock);
          var driver = new EngineDriver(engine)) {
        for (int i = 0; i < OPERATIONS / RUNS; i++) {
          try {
            operate(engine, driver, random);
          } catch (AssertionError failed) {
            throw new AssertionError("seed " + seed + ", operation " + i + " of " + run, failed);
          }
        }
        Stores.check(engine);
      }
    }
  }

  private void operate(LldbEngine engine, EngineDriver driver, SplittableRandom random) {
    String key = "key:" + random.nextInt(KEYS);
    switch (random.nextInt(100)) {
      case 0 -> clock.advanceSeconds(1);
      case 1 -> engine.housekeeping().sweep();
      case 2 -> driver.session.turnEnds();
      case 3 -> flushSometimes(engine, random);
      case 4, 5, 6, 7, 8, 9, 10, 11, 12 -> {
        assertEquals(expected(key) != null, driver.delete(key), key);
        model.remove(key);
      }
      case 13, 14, 15, 16, 17 -> append(driver, key, random);
      case 18, 19, 20, 21, 22, 23, 24, 25 -> rewrite(driver, key, random);
      case 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39 -> set(driver, key, random);
      default -> read(driver, key);
    }
  }

  private @Nullable Expected expected(String key) {
    Expected stored = model.get(key);
    return stored == null || (stored.deadline != 0 && stored.deadline <= clock.now())
        ? null
        : stored;
  }

  private void flushSometimes(LldbEngine engine, SplittableRandom random) {
    if (random.nextInt(20) == 0) {
      engine.invalidate(clock.now() - 1);
      model.clear();
    }
  }

  private void set(EngineDriver driver, String key, SplittableRandom random) {
    int size = random.nextInt(20) == 0 ? random.nextInt(100_000) : random.nextInt(2000);
    byte[] value = EngineDriver.pattern(random.nextInt(), size);
    int deadline = random.nextInt(3) == 0 ? clock.now() + random.nextInt(20) : 0;
    driver.set(key, 0, deadline, value);
    model.put(key, new Expected(value, deadline));
  }

  private void append(EngineDriver driver, String key, SplittableRandom random) {
    byte[] tail = EngineDriver.pattern(random.nextInt(), random.nextInt(1000));
    Expected before = expected(key);
    assertEquals(before != null, driver.append(key, tail), key);
    if (before != null) {
      byte[] value = Arrays.copyOf(before.value, before.value.length + tail.length);
      System.arraycopy(tail, 0, value, before.value.length, tail.length);
      model.put(key, new Expected(value, before.deadline));
    }
  }

  private void rewrite(EngineDriver driver, String key, SplittableRandom random) {
    Expected before = expected(key);
    try (Entry entry = driver.open(key)) {
      assertEquals(before != null, entry.lookup() == Lookup.HIT, key);
      if (before != null) {
        byte[] value = EngineDriver.pattern(random.nextInt(), before.value.length);
        int deadline = random.nextBoolean() ? 0 : clock.now() + random.nextInt(20);
        entry.deadline(deadline);
        entry.overwrite(MemorySegment.ofArray(value), 0, value.length, 0);
        model.put(key, new Expected(value, deadline));
      }
    }
  }

  private void read(EngineDriver driver, String key) {
    byte[] seen = driver.readBytes(key, true);
    Expected stored = expected(key);
    if (stored == null) {
      assertEquals(null, seen, key);
    } else {
      EngineDriver.requireSame(stored.value, seen);
      assertEquals(stored.deadline, driver.header.deadline, key);
    }
  }
}
