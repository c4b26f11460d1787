package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is there after a stop, and after an end without one: the second is a copy of the files as
/// they lay when the last turn had ended.
class LldbRestartTest {
  @TempDir private Path folder;
  private Path data;
  private final FakeClock clock = new FakeClock();
  private int crashes;

  @BeforeEach
  void makesADirectory() {
    data = Stores.fresh(folder, "data");
  }

  private void run(BiConsumer<LldbEngine, EngineDriver> work) {
    try (LldbEngine opened = Stores.open(data, Stores.options(Map.of()), clock);
        var driver = new EngineDriver(opened)) {
      work.accept(opened, driver);
      Stores.check(opened);
    }
  }

  /// The same, and then the process is gone.
  private void crash(BiConsumer<LldbEngine, EngineDriver> work) {
    Path copy = Stores.fresh(folder, "crash" + crashes++);
    run(
        (opened, driver) -> {
          work.accept(opened, driver);
          driver.session.turnEnds();
          Stores.copy(data, copy);
        });
    data = copy;
  }

  @Test
  void itemsComeBackAsTheyWere() {
    BiConsumer<LldbEngine, EngineDriver> store =
        (_, driver) -> {
          driver.set("k", 7, clock.now() + 100, new byte[] {'v'});
          Draft draft = driver.session.newDraft();
          driver.fill(draft, "stale", 0, 0, new byte[] {'w'}, 1);
          draft.marks(ItemHeader.BINARY_KEY);
          try (Entry entry = driver.open("stale")) {
            entry.put(draft, 99);
            entry.marks(ItemHeader.STALE | ItemHeader.WON, 0);
          }
        };
    run(store);
    run((_, driver) -> requireBoth(driver));
    crash(store);
    run((_, driver) -> requireBoth(driver));
  }

  private void requireBoth(EngineDriver driver) {
    assertEquals("v", driver.read("k"));
    assertEquals(7, driver.header.clientFlags);
    assertEquals(clock.now() + 100, driver.header.deadline);
    assertEquals("w", driver.read("stale"));
    assertEquals(99, driver.header.cas);
    assertEquals(ItemHeader.STALE | ItemHeader.WON | ItemHeader.BINARY_KEY, driver.header.marks);
  }

  @Test
  void deadlinesGoOnWhileNobodyIsThere() {
    run((_, driver) -> driver.set("k", 0, clock.now() + 10, new byte[] {'v'}));
    clock.advanceSeconds(9);
    run((_, driver) -> assertEquals("v", driver.read("k")));
    clock.advanceSeconds(1);
    run((_, driver) -> assertEquals("(expired)", driver.read("k")));
  }

  @Test
  void aCasIdIsNeverGivenTwice() {
    long[] last = {0};
    BiConsumer<LldbEngine, EngineDriver> store =
        (_, driver) -> {
          driver.set("k", "v");
          assertTrue(driver.header.cas > last[0], driver.header.cas + " after " + last[0]);
          last[0] = driver.header.cas;
        };
    for (int i = 0; i < 3; i++) {
      crash(store);
      run(store);
    }
  }

  @Test
  void aFlushLasts() {
    crash(
        (engine, driver) -> {
          driver.set("k", "v");
          engine.invalidate(clock.now() - 1);
          driver.set("after", "w");
        });
    run(
        (_, driver) -> {
          assertEquals("(flushed)", driver.read("k"));
          assertEquals("w", driver.read("after"));
        });
  }

  @Test
  void aFlushForLaterHappensEvenIfNobodyIsThere() {
    crash(
        (engine, driver) -> {
          driver.set("k", "v");
          engine.invalidate(clock.now() + 5);
        });
    run((_, driver) -> assertEquals("v", driver.read("k")));
    clock.advanceSeconds(5);
    run((_, driver) -> assertEquals("(flushed)", driver.read("k")));
  }
}
