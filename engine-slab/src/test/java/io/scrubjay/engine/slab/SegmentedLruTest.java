package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reserve;
import io.scrubjay.testkit.EngineDriver;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentedLruTest {
  private static final long SMALL = 2 << 20;

  @Test
  void newItemsBeginInHotAndCoolDownWhenIdle() {
    try (var lru = new LruFixture(Map.of())) {
      lru.driver.set("a", "1");
      lru.driver.set("b", "1");
      assertEquals("2 0 0", lru.queues());
      lru.clock.advanceSeconds(1);
      lru.maintain();
      assertEquals("0 0 2", lru.queues());
      assertEquals(2, lru.first("moves_to_cold"));
      assertEquals(2, lru.general("total_items"), "a move stores nothing");
    }
  }

  @Test
  void aHotItemHitTwiceMovesToWarmAndStaysThere() {
    try (var lru = new LruFixture(Map.of())) {
      lru.driver.set("a", "1");
      lru.driver.set("b", "1");
      lru.fill(10);
      lru.clock.advanceSeconds(1);
      lru.read("a", 2);
      lru.read("b", 1);
      lru.maintain();
      assertEquals("0 1 11", lru.queues());
      assertEquals(1, lru.first("moves_to_warm"));
      lru.read("a", 1);
      lru.maintain();
      assertEquals("0 1 11", lru.queues());
      assertEquals(1, lru.first("moves_within_lru"));
    }
  }

  @Test
  void aColdItemHitTwiceIsBroughtBack() {
    try (var lru = new LruFixture(Map.of())) {
      lru.fill(10);
      lru.driver.set("b", "1");
      lru.clock.advanceSeconds(1);
      lru.maintain();
      assertEquals("0 0 11", lru.queues());
      lru.read("b", 2);
      lru.maintain();
      assertEquals("0 1 10", lru.queues());
      assertEquals(1, lru.first("moves_to_warm"));
      assertEquals(2, lru.first("hits_to_cold"));
      assertEquals(0, lru.first("hits_to_warm"));
      lru.read("b", 3);
      assertEquals(3, lru.first("hits_to_warm"));
    }
  }

  @Test
  void onlyTheSecondHitMovesTheTime() {
    try (var lru = new LruFixture(Map.of())) {
      lru.driver.set("a", "1");
      int stored = lru.clock.now();
      lru.clock.advanceSeconds(10);
      lru.read("a", 1);
      lru.driver.readBytes("a", false);
      assertEquals(stored, lru.driver.header.lastAccess);
      lru.read("a", 1);
      lru.driver.readBytes("a", false);
      assertEquals(stored + 10, lru.driver.header.lastAccess);
      lru.clock.advanceSeconds(10);
      lru.read("a", 5);
      lru.driver.readBytes("a", false);
      assertEquals(stored + 10, lru.driver.header.lastAccess);
    }
  }

  @Test
  void shortLivedItemsHaveTheirOwnQueueAndAreNotEvicted() {
    Map<String, String> settings = Map.of("temp_lru", "yes", "temporary_ttl", "60");
    try (var lru = new LruFixture(settings, SMALL, EngineEvents.NONE)) {
      lru.driver.set("never", "1");
      lru.driver.set("later", 0, lru.clock.now() + 61, new byte[1]);
      for (int i = 0; i < 10; i++) {
        lru.driver.set("soon" + i, 0, lru.clock.now() + 60, new byte[1]);
      }
      assertEquals(10, lru.first("number_temp"));
      assertEquals(2, lru.first("number_hot"));
      for (int i = 0; i < 40_000; i++) {
        lru.driver.set("other" + i, "1");
      }
      assertTrue(lru.first("evicted") > 0);
      lru.read("soon3", 1);
      lru.clock.advanceSeconds(61);
      lru.maintain();
      assertEquals(0, lru.first("number_temp"));
      assertEquals(10, lru.first("reclaimed"));
      assertEquals(9, lru.first("expired_unfetched"));
    }
  }

  @Test
  void whatWasHitOutlivesWhatWasNot() {
    try (var lru = new LruFixture(Map.of(), SMALL, EngineEvents.NONE)) {
      for (int i = 0; i < 100; i++) {
        lru.driver.set("loved" + i, "1");
      }
      lru.fill(1000);
      for (int i = 0; i < 100; i++) {
        lru.read("loved" + i, 2);
      }
      lru.maintain();
      for (int i = 0; i < 60_000; i++) {
        lru.driver.set("other" + i, "1");
        if (i % 500 == 0) {
          lru.maintain();
        }
      }
      assertTrue(lru.first("evicted") > 20_000);
      lru.read("loved99", 1);
      lru.read("loved0", 1);
      assertEquals(lru.first("evicted"), lru.first("evicted_unfetched"));
      assertEquals(0, lru.first("outofmemory"));
    }
  }

  @Test
  void withoutAMaintainerThreadAtWorkMemoryIsFoundInEveryQueue() {
    try (var lru = new LruFixture(Map.of(), SMALL, EngineEvents.NONE)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 30_000; i++) {
          lru.driver.set("key" + i, "1");
          lru.read("key" + i, 2);
        }
      }
      assertTrue(lru.first("direct_reclaims") > 0);
      assertEquals(0, lru.first("outofmemory"));
    }
  }

  @Test
  void hintsThatFindTheQueueFullAreCountedAndNothingElse() {
    try (var lru = new LruFixture(Map.of())) {
      int items = BumpQueue.ENTRIES_MAX + 100;
      for (int i = 0; i < items; i++) {
        lru.driver.set("k" + i, "1");
      }
      lru.clock.advanceSeconds(1);
      for (int i = 0; i < items / LruMaintainer.MOVES_MAX + 1; i++) {
        lru.maintain();
      }
      assertEquals("0 0 " + items, lru.queues());
      for (int i = 0; i < items; i++) {
        lru.read("k" + i, 2);
      }
      assertEquals(100, lru.general("lru_bumps_dropped"));
      lru.engine.resetStatistics();
      assertEquals(0, lru.general("lru_bumps_dropped"));
    }
  }

  @Test
  void aHintOfAnItemThatIsGoneIsIgnored() {
    try (var lru = new LruFixture(Map.of())) {
      lru.driver.set("a", "1");
      lru.fill(10);
      lru.clock.advanceSeconds(1);
      lru.maintain();
      lru.read("a", 2);
      lru.driver.delete("a");
      lru.driver.set("b", "1");
      lru.maintain();
      assertEquals(0, lru.first("number_warm"));
    }
  }

  @Test
  void aPinnedTailIsEvictedAndStillReadable() {
    try (var lru = new LruFixture(Map.of(), SMALL, EngineEvents.NONE)) {
      Pin pin = lru.driver.session.newPin();
      lru.driver.set("held", "v");
      try (Entry entry = lru.driver.open("held")) {
        assertTrue(entry.pin(pin));
      }
      for (int i = 0; i < 40_000; i++) {
        lru.driver.set("other" + i, "1");
      }
      assertEquals("(miss)", lru.driver.read("held"));
      assertTrue(lru.first("lrutail_reflocked") > 0);
      assertEquals(1, pin.valueBytes());
      pin.release();
    }
  }

  @Test
  void aTailPinnedForLongIsRepaired() {
    Map<String, String> settings = Map.of("tail_repair_time", "10");
    try (var lru = new LruFixture(settings)) {
      Pin pin = lru.driver.session.newPin();
      lru.driver.set("held", "v");
      lru.driver.set("other", "v");
      try (Entry entry = lru.driver.open("held")) {
        assertTrue(entry.pin(pin));
      }
      lru.clock.advanceSeconds(10);
      lru.maintain();
      assertEquals(0, lru.first("tailrepairs"));
      lru.clock.advanceSeconds(1);
      lru.maintain();
      assertEquals(1, lru.first("tailrepairs"));
      assertEquals("(miss)", lru.driver.read("held"));
      pin.release();
    }
  }

  @Test
  void largeItemsAreAccountedInTheLargestClass() {
    try (var lru = new LruFixture(Map.of(), 8 << 20, EngineEvents.NONE)) {
      for (int i = 0; i < 100; i++) {
        byte[] value = EngineDriver.pattern(i, 700_000);
        assertEquals(Reserve.RESERVED, lru.driver.set("large" + i, 0, 0, value));
      }
      assertFalse(lru.driver.read("large99").startsWith("("));
      assertTrue(lru.general("evictions") > 80);
    }
  }
}
