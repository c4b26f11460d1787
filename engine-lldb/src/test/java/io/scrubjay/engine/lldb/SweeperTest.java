package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.engine.Entry;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What has died goes without being asked for, so much at a time.
class SweeperTest {
  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private LldbEngine engine;
  private EngineDriver driver;

  @BeforeEach
  void opens() {
    engine = Stores.open(folder, Stores.options(Map.of()), clock);
    driver = new EngineDriver(engine);
  }

  @AfterEach
  void closes() {
    Stores.check(engine);
    driver.close();
    engine.close();
  }

  private long items() {
    return engine.store().database("default").gauges.items();
  }

  @Test
  void whatHasExpiredIsRemovedAndTheRestStays() {
    driver.set("soon", 0, clock.now() + 1, new byte[1]);
    driver.set("later", 0, clock.now() + 9, new byte[1]);
    driver.set("never", "v");
    engine.housekeeping().sweep();
    assertEquals(3, items());
    clock.advanceSeconds(2);
    engine.housekeeping().sweep();
    assertEquals(2, items());
    assertEquals("(miss)", driver.read("soon"));
  }

  @Test
  void aDeadlineThatMovedIsTheOneThatCounts() {
    driver.set("k", 0, clock.now() + 1, new byte[] {'v'});
    try (Entry entry = driver.open("k")) {
      entry.deadline(clock.now() + 9);
    }
    clock.advanceSeconds(2);
    engine.housekeeping().sweep();
    assertEquals("v", driver.read("k"));
  }

  @Test
  void oneStepRemovesSoManyAndNoMore() {
    int many = Sweeper.DEADLINES_PER_STEP + 10;
    for (int i = 0; i < many; i++) {
      driver.set("k" + i, 0, clock.now() + 1, new byte[1]);
    }
    clock.advanceSeconds(1);
    engine.housekeeping().sweep();
    assertEquals(10, items());
    engine.housekeeping().sweep();
    assertEquals(0, items());
  }

  @Test
  void whatLiesBehindAFlushIsRemoved() {
    driver.set("old", "v");
    driver.set("with deadline", 0, clock.now() + 100, new byte[1]);
    engine.invalidate(clock.now() - 1);
    driver.set("new", "w");
    engine.housekeeping().sweep();
    assertEquals(1, items());
    assertEquals("w", driver.read("new"));
  }

  @Test
  void aFlushForLaterIsWalkedWhenItHappens() {
    driver.set("old", "v");
    engine.invalidate(clock.now() + 2);
    engine.housekeeping().sweep();
    assertEquals(1, items());
    clock.advanceSeconds(2);
    engine.housekeeping().sweep();
    assertEquals(0, items());
  }
}
