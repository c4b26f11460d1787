package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reassign;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Readers, writers, eviction, moving pages and the growing index at once. Every value tells which
/// key it is of and is a pattern throughout, so that one byte of another item, or of another
/// version, shows.
class SlabEngineStressTest {
  private static final long SEED = 42;
  private static final int KEYS = 60_000;
  private static final int HOT_KEYS = 20;
  private static final int OPERATIONS_PER_THREAD = 250_000;
  private static final int KEY_MARK_BYTES = 8;
  private static final int CLASSES = 3;
  private static final long MOVE_PAUSE_NANOS = 200_000;

  private final FakeClock clock = new FakeClock();

  @Test
  void readersNeverSeeAMixture() throws Exception {
    var settings =
        Map.of("hashpower_init", "12", "slab_chunk_max", "4096", "slab_sizes", "200-420");
    var options = new EngineOptions(12 << 20, 1 << 20, true, true, 4, settings);
    try (var engine = new SlabEngine(options, clock, EngineEvents.NONE);
        var threads = Executors.newFixedThreadPool(5)) {
      List<Callable<Long>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long seed = SEED + i;
        int writesPercent = i < 2 ? 60 : 5;
        work.add(() -> work(engine, seed, writesPercent));
      }
      Future<?> moving = threads.submit(() -> keepMovingPages(engine));
      long hits = 0;
      for (Future<Long> done : threads.invokeAll(work)) {
        hits += done.get();
      }
      assertTrue(hits > OPERATIONS_PER_THREAD / 4, hits + " hits");
      moving.cancel(true);
      Figures figures = new Figures(engine);
      figures.await("slab_reassign_running", 0);
      assertTrue(figures.of("evictions") > 0, "nothing evicted");
      assertTrue(figures.of("hash_power_level") > 12, "never grew");
      assertTrue(figures.of("slab_reassign_rescues") > 0, "no item was moved");
      assertTrue(figures.of("slab_reassign_chunk_rescues") > 0, "no piece was moved");
      engine.validate(0);
    }
  }

  private static void keepMovingPages(SlabEngine engine) {
    SlabControl slabs = engine.slabs().orElseThrow();
    var random = new SplittableRandom(SEED);
    while (!Thread.currentThread().isInterrupted()) {
      Reassign _ = slabs.reassign(SlabControl.ANY_CLASS, random.nextInt(CLASSES + 1));
      LockSupport.parkNanos(MOVE_PAUSE_NANOS);
    }
  }

  private static long work(SlabEngine engine, long seed, int writesPercent) {
    var random = new SplittableRandom(seed);
    long hits = 0;
    try (var driver = new EngineDriver(engine)) {
      for (int i = 0; i < OPERATIONS_PER_THREAD; i++) {
        int id = random.nextInt(random.nextBoolean() ? HOT_KEYS : KEYS);
        String key = "k" + id;
        if (random.nextInt(100) < writesPercent) {
          write(driver, key, id, random);
        } else {
          byte[] seen = driver.readBytes(key, true);
          if (seen != null) {
            verify(id, seen, seed);
            hits++;
          }
        }
      }
    }
    return hits;
  }

  private static void write(EngineDriver driver, String key, int id, SplittableRandom random) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      driver.delete(key);
    } else if (kind < 4) {
      try (Entry entry = driver.open(key)) {
        if (entry.lookup() == Lookup.HIT) {
          byte[] value = value(id, random.nextInt(), entry.item().valueBytes);
          entry.overwrite(MemorySegment.ofArray(value), 0, value.length, 0);
        }
      }
    } else {
      int size = KEY_MARK_BYTES + random.nextInt(random.nextInt(50) == 0 ? 20_000 : 300);
      Reserve _ = driver.set(key, id, 0, value(id, random.nextInt(), size));
    }
  }

  /// Key, seed, then what the seed makes.
  private static byte[] value(int id, int seed, int bytes) {
    byte[] value = new byte[bytes];
    for (int i = 0; i < KEY_MARK_BYTES; i++) {
      value[i] = (byte) ((i < 4 ? id : seed) >>> (8 * (i % 4)));
    }
    int state = seed;
    for (int i = KEY_MARK_BYTES; i < bytes; i++) {
      state = state * 1_103_515_245 + 12_345;
      value[i] = (byte) (state >>> 16);
    }
    return value;
  }

  private static void verify(int id, byte[] seen, long seed) {
    int made = 0;
    for (int i = 0; i < 4; i++) {
      made |= (seen[4 + i] & 0xFF) << (8 * i);
    }
    try {
      EngineDriver.requireSame(value(id, made, seen.length), seen);
    } catch (AssertionError mixed) {
      throw new AssertionError("thread of seed " + seed + " read a mixture for key " + id, mixed);
    }
  }
}
