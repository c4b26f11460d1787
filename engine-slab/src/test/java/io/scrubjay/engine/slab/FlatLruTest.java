package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.StatisticsGroup;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlatLruTest {
  private static final Map<String, String> NO_MAINTAINER = Map.of("lru_maintainer_thread", "no");
  private static final Map<String, String> FLAT = Map.of("lru_segmented", "no");

  @Test
  void everyItemIsInCold() {
    try (var lru = new LruFixture(FLAT)) {
      lru.driver.set("a", "1");
      lru.read("a", 3);
      lru.maintain();
      assertEquals("0 0 1", lru.queues());
      assertEquals(3, lru.first("hits_to_cold"));
    }
  }

  @Test
  void aHitMovesAnItemToTheHeadOnceAMinute() {
    try (var lru = new LruFixture(FLAT)) {
      int stored = lru.clock.now();
      lru.driver.set("a", "1");
      lru.driver.set("b", "1");
      lru.clock.advanceSeconds(60);
      lru.read("a", 2);
      lru.driver.readBytes("a", false);
      assertEquals(stored, lru.driver.header.lastAccess);
      assertEquals(60, lru.first("age"));
      lru.clock.advanceSeconds(1);
      lru.read("a", 1);
      lru.driver.readBytes("a", false);
      assertEquals(stored + 61, lru.driver.header.lastAccess);
      lru.clock.advanceSeconds(10);
      try (Entry entry = lru.driver.open("b")) {
        entry.bump();
        assertEquals(lru.clock.now(), entry.item().lastAccess);
      }
      assertEquals(10, lru.first("age"));
    }
  }

  @Test
  void whatWasActiveWhenTheModeChangedIsRenewedAsWell() {
    try (var lru = new LruFixture(Map.of())) {
      lru.driver.set("a", "1");
      lru.read("a", 3);
      assertTrue(lru.engine.lru().orElseThrow().segmented(false));
      lru.clock.advanceSeconds(HitRecorder.REFRESH_SECONDS + 1);
      lru.read("a", 1);
      lru.driver.readBytes("a", false);
      assertEquals(lru.clock.now(), lru.driver.header.lastAccess);
    }
  }

  /// Five at a time, and none behind one that lives.
  @Test
  void aStoreReclaimsTheDeadAtTheTail() {
    try (var lru = new LruFixture(NO_MAINTAINER)) {
      int soon = lru.clock.now() + 1;
      for (int i = 0; i < 7; i++) {
        lru.driver.set("dead" + i, 0, soon, new byte[1]);
      }
      lru.driver.set("alive", "1");
      lru.driver.set("behind", 0, soon, new byte[1]);
      lru.read("dead0", 1);
      lru.clock.advanceSeconds(2);
      lru.driver.set("a", "1");
      assertEquals(5, lru.general("reclaimed"));
      assertEquals(4, lru.general("expired_unfetched"));
      lru.driver.set("b", "1");
      lru.driver.set("c", "1");
      assertEquals(7, lru.first("reclaimed"));
      assertEquals(5, lru.general("curr_items"));
    }
  }

  @Test
  void whatWasHitOutlivesWhatWasNot() {
    try (var lru = new LruFixture(NO_MAINTAINER, 2 << 20, EngineEvents.NONE)) {
      lru.driver.set("loved", "1");
      lru.driver.set("unloved", "1");
      for (int i = 0; i < 12_000; i++) {
        lru.driver.set("other" + i, "1");
      }
      lru.clock.advanceSeconds(100);
      lru.read("loved", 1);
      for (int i = 12_000; i < 25_000; i++) {
        lru.driver.set("other" + i, "1");
      }
      lru.read("loved", 1);
      assertNull(lru.driver.readBytes("unloved", true));
    }
  }

  @Test
  void withoutAMaintainerItsFiguresAreLeftOut() {
    try (var lru = new LruFixture(NO_MAINTAINER)) {
      lru.driver.set("a", "1");
      Map<String, String> figures = new HashMap<>();
      lru.engine.statistics(StatisticsGroup.GENERAL, figures::put);
      assertTrue(figures.containsKey("evictions"));
      assertNull(figures.get("lru_maintainer_juggles"));
      assertNull(figures.get("moves_to_cold"));
      lru.engine.statistics(StatisticsGroup.ITEMS, figures::put);
      assertTrue(figures.containsKey("items:1:age"));
      assertNull(figures.get("items:1:number_hot"));
      assertNull(figures.get("items:1:evicted_active"));
    }
  }

  @Test
  void settingsThatCannotBeAreRefusedByName() {
    for (String bad :
        new String[] {
          "hot_lru_pct=a",
          "hot_lru_pct=70",
          "hot_lru_pct=-1",
          "hot_max_factor=0",
          "warm_max_factor=x",
          "lru_segmented=maybe",
          "lru_crawler_sleep=1000001",
          "lru_crawler_tocrawl=4294967296",
          "tail_repair_time=-1",
          "temporary_ttl=-1"
        }) {
      String[] pair = bad.split("=", 2);
      var refused =
          assertThrows(
              IllegalArgumentException.class, () -> SlabSettings.of(Map.of(pair[0], pair[1])));
      assertTrue(String.valueOf(refused.getMessage()).contains(pair[0]), bad);
    }
  }
}
