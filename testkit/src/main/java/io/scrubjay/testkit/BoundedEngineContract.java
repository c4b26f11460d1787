package io.scrubjay.testkit;

import static io.scrubjay.testkit.EngineDriver.pattern;
import static io.scrubjay.testkit.EngineDriver.requireSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Reserve;
import org.junit.jupiter.api.Test;

/// What an engine promises that keeps its items in memory, and so in a bounded amount of it.
public abstract class BoundedEngineContract extends EngineContract {
  @Test
  void underPressureOldItemsGoAndTheRestIsRight() {
    reopen(options(4 * MEBIBYTE, true, true));
    for (int i = 0; i < 20_000; i++) {
      assertEquals(Reserve.RESERVED, driver.set("key" + i, 0, 0, pattern(i, 700)));
    }
    assertTrue(statistic("evictions") > 10_000);
    int present = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] seen = driver.readBytes("key" + i, true);
      if (seen != null) {
        requireSame(pattern(i, 700), seen);
        present++;
      }
    }
    assertEquals(statistic("curr_items"), present);
    requireSame(pattern(19_999, 700), driver.readBytes("key19999", true));
  }

  @Test
  void evictionsAreToldToWhoeverWatches() {
    reopen(options(4 * MEBIBYTE, true, true));
    driver.set("first", 0, clock.now() + 1000, pattern(0, 700));
    driver.readBytes("first", true);
    clock.advanceSeconds(5);
    for (int i = 0; i < 20_000; i++) {
      driver.set("key" + i, 0, 0, pattern(i, 700));
    }
    assertEquals(statistic("evictions"), evictions.count());
    ItemHeader told = evictions.evicted().get("first");
    assertNotNull(told, "the oldest item was not told of");
    assertTrue(told.has(ItemHeader.FETCHED));
    assertEquals(clock.now() - 5 + 1000, told.deadline);
    assertEquals(clock.now() - 5, told.lastAccess);
    assertEquals(700, told.valueBytes);
    assertFalse(evictions.evicted().containsKey("key19999"));

    evictions.watching = false;
    for (int i = 0; i < 20_000; i++) {
      driver.set("other" + i, 0, 0, pattern(i, 700));
    }
  }

  @Test
  void withoutEvictionsMemoryRunsOutAndDeletesHelp() {
    reopen(options(4 * MEBIBYTE, false, true));
    int stored = 0;
    while (driver.set("key" + stored, 0, 0, pattern(stored, 700)) == Reserve.RESERVED) {
      stored++;
    }
    assertTrue(stored > 3000);
    assertEquals(0, statistic("evictions"));
    requireSame(pattern(0, 700), driver.readBytes("key0", true));
    driver.delete("key0");
    assertEquals(Reserve.RESERVED, driver.set("again", 0, 0, pattern(1, 700)));
  }
}
