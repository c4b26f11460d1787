package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.CrawlStart;
import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.engine.DumpStart;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemCursor;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reassign;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random operations on the engine and on a map, in lockstep, with little memory, moving time, and
/// the maintainer, crawls and dumps at work. The engine may have forgotten anything; what it still
/// has must be what the map has.
class SlabEngineModelTest {
  private static final int OPERATIONS = 30_000;
  private static final int KEYS = 3000;
  private static final int PINS_MAX = 20;
  private static final int CLASSES = 4;

  private static final class Expected {
    final byte[] value;
    final int flags;
    final int deadline;

    Expected(byte[] value, int flags, int deadline) {
      this.value = value;
      this.flags = flags;
      this.deadline = deadline;
    }
  }

  private static final class Pinned {
    final Pin pin;
    final byte[] value;

    Pinned(Pin pin, byte[] value) {
      this.pin = pin;
      this.value = value;
    }
  }

  private final FakeClock clock = new FakeClock();
  private final Map<String, Expected> model = new HashMap<>();
  private final ArrayDeque<Pinned> pinned = new ArrayDeque<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsStillThereIsWhatWasStored(long seed) {
    var random = new SplittableRandom(seed);
    var settings =
        Map.of("hashpower_init", "12", "slab_chunk_max", "16384", "slab_sizes", "300-1000-2500");
    var options = new EngineOptions(6 << 20, 1 << 20, true, true, 1, settings);
    int hits = 0;
    long moved;
    long rescued;
    try (var engine = new SlabEngine(options, clock, EngineEvents.NONE);
        var driver = new EngineDriver(engine)) {
      for (int i = 0; i < OPERATIONS; i++) {
        try {
          hits += operate(engine, driver, random);
          if (i % 5000 == 0) {
            check(engine);
          }
        } catch (AssertionError failed) {
          throw new AssertionError("seed " + seed + ", operation " + i, failed);
        }
      }
      check(engine);
      moved = new Figures(engine).of("slabs_moved");
      rescued = new Figures(engine).of("slab_reassign_rescues");
    }
    assertTrue(hits > OPERATIONS / 20, hits + " hits");
    assertTrue(moved > 0 && rescued > 0, moved + " pages moved, " + rescued + " items rescued");
  }

  /// Without pins, since a page whose items are pinned stays on its way.
  private void check(SlabEngine engine) {
    while (!pinned.isEmpty()) {
      release();
    }
    new Figures(engine).await("slab_reassign_running", 0);
    engine.validate(0);
  }

  private static void movePage(SlabEngine engine, SplittableRandom random) {
    Reassign _ =
        engine.slabs().orElseThrow().reassign(SlabControl.ANY_CLASS, random.nextInt(CLASSES + 1));
  }

  private int operate(SlabEngine engine, EngineDriver driver, SplittableRandom random) {
    String key = "key:" + random.nextInt(KEYS);
    switch (random.nextInt(100)) {
      case 0 -> clock.advanceSeconds(1);
      case 1 -> flushSometimes(engine, random);
      case 2 -> walk(engine, random);
      case 3 -> pin(driver, key);
      case 4 -> movePage(engine, random);
      case 5, 6, 7, 8, 9, 10, 11, 12 -> {
        driver.delete(key);
        model.remove(key);
      }
      case 13, 14, 15, 16, 17 -> append(driver, key, random);
      case 18, 19, 20, 21, 22, 23, 24, 25 -> rewrite(driver, key, random);
      case 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39 -> set(driver, key, random);
      default -> {
        return read(driver, key);
      }
    }
    return 0;
  }

  private void flushSometimes(SlabEngine engine, SplittableRandom random) {
    if (random.nextInt(100) == 0) {
      engine.invalidate(clock.now() - 1);
      model.clear();
    }
  }

  /// Whoever is walking already, the crawler perhaps, is let be.
  private void walk(SlabEngine engine, SplittableRandom random) {
    var crawler = engine.crawler().orElseThrow();
    switch (random.nextInt(4)) {
      case 0 -> {
        DumpStart start = crawler.dump(CrawlerControl.ALL_CLASSES, () -> {});
        if (start instanceof DumpStart.Begun(var cursor)) {
          dump(cursor, random.nextInt(2000));
        }
      }
      case 1 -> {
        DumpStart start = crawler.dumpIndex(() -> {});
        if (start instanceof DumpStart.Begun(var cursor)) {
          dump(cursor, random.nextInt(2000));
        }
      }
      case 2 -> {
        var lru = engine.lru().orElseThrow();
        assertTrue(lru.segmented(random.nextInt(4) != 0));
        assertTrue(lru.temporaryTtl(random.nextInt(-10, 10)));
      }
      default -> {
        CrawlStart _ = crawler.crawl(CrawlerControl.ALL_CLASSES);
      }
    }
  }

  /// What is shown is in the map, and alive.
  private void dump(ItemCursor cursor, int stepsMax) {
    try (cursor) {
      ItemCursor.Step step = ItemCursor.Step.SHOWN;
      for (int i = 0; i < stepsMax && step.compareTo(ItemCursor.Step.END) < 0; i++) {
        step =
            cursor.next(
                (key, header) -> {
                  byte[] bytes =
                      key.segment().asSlice(key.offset(), key.length()).toArray(JAVA_BYTE);
                  String name = new String(bytes, ISO_8859_1);
                  Expected expected = model.get(name);
                  assertTrue(expected != null, () -> "shown, though deleted: " + name);
                  assertTrue(expected.flags == header.clientFlags, name);
                  assertTrue(expected.value.length == header.valueBytes, name);
                  assertTrue(expected.deadline == 0 || expected.deadline > clock.now(), name);
                  return true;
                });
      }
    }
  }

  private static int size(SplittableRandom random) {
    return random.nextInt(20) == 0 ? random.nextInt(100_000) : random.nextInt(2000);
  }

  private void set(EngineDriver driver, String key, SplittableRandom random) {
    byte[] value = EngineDriver.pattern(random.nextInt(), size(random));
    int flags = random.nextInt(3);
    int deadline = random.nextInt(4) == 0 ? clock.now() + random.nextInt(20) : 0;
    if (driver.set(key, flags, deadline, value) == Reserve.RESERVED) {
      model.put(key, new Expected(value, flags, deadline));
    }
  }

  private void append(EngineDriver driver, String key, SplittableRandom random) {
    byte[] tail = EngineDriver.pattern(random.nextInt(), random.nextInt(1000));
    Expected before = model.get(key);
    if (driver.append(key, tail)) {
      assertTrue(before != null, "appended to what isn't there");
      byte[] value = Arrays.copyOf(before.value, before.value.length + tail.length);
      System.arraycopy(tail, 0, value, before.value.length, tail.length);
      model.put(key, new Expected(value, before.flags, before.deadline));
    }
  }

  private void rewrite(EngineDriver driver, String key, SplittableRandom random) {
    try (Entry entry = driver.open(key)) {
      if (entry.lookup() == Lookup.HIT) {
        byte[] value = EngineDriver.pattern(random.nextInt(), entry.item().valueBytes);
        int deadline = random.nextBoolean() ? 0 : entry.item().deadline;
        entry.deadline(deadline);
        Expected before = model.get(key);
        boolean done = entry.overwrite(MemorySegment.ofArray(value), 0, value.length, 0);
        byte[] now = done || before == null ? value : before.value;
        model.put(key, new Expected(now, entry.item().clientFlags, deadline));
      }
    }
  }

  private void pin(EngineDriver driver, String key) {
    Pin pin = driver.session.newPin();
    try (Entry entry = driver.open(key)) {
      Expected expected = model.get(key);
      if (entry.lookup() == Lookup.HIT && expected != null && entry.pin(pin)) {
        pinned.add(new Pinned(pin, expected.value));
      }
    }
    if (pinned.size() > PINS_MAX) {
      release();
    }
  }

  private void release() {
    Pinned oldest = pinned.remove();
    byte[] seen = new byte[oldest.pin.valueBytes()];
    oldest.pin.copy(0, MemorySegment.ofArray(seen), 0, seen.length);
    EngineDriver.requireSame(oldest.value, seen);
    oldest.pin.release();
  }

  private int read(EngineDriver driver, String key) {
    byte[] seen = driver.readBytes(key, true);
    if (seen == null) {
      return 0;
    }
    Expected expected = model.get(key);
    assertTrue(expected != null, "read what was deleted");
    EngineDriver.requireSame(expected.value, seen);
    boolean alive = expected.deadline == 0 || expected.deadline > clock.now();
    assertTrue(alive && driver.header.clientFlags == expected.flags, "wrong header of " + key);
    return 1;
  }
}
