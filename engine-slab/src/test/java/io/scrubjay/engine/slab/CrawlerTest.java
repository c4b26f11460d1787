package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.CrawlStart;
import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.engine.CrawlerRun;
import io.scrubjay.engine.DumpStart;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.ItemCursor;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrawlerTest {
  private static final long ALL = CrawlerControl.ALL_CLASSES;
  private static final long A_SECOND = 1_000_000_000;
  private static final Map<String, String> FLAT = Map.of("lru_segmented", "no");

  private final AtomicInteger abandoned = new AtomicInteger();
  private long nowNanos;

  private static CrawlerControl crawler(LruFixture lru) {
    return lru.engine.crawler().orElseThrow();
  }

  /// The crawler's thread as it would run, until it has nothing to do. Returns its turns.
  private int crawlAll(LruFixture lru) {
    int turns = 0;
    long pause = 0;
    while (pause != Long.MAX_VALUE) {
      nowNanos += pause;
      pause = lru.engine.crawl(nowNanos);
      turns++;
    }
    return turns;
  }

  private ItemCursor dump(LruFixture lru, long classes) {
    DumpStart start = crawler(lru).dump(classes, abandoned::incrementAndGet);
    return assertInstanceOf(DumpStart.Begun.class, start).cursor();
  }

  private ItemCursor dumpIndex(LruFixture lru) {
    DumpStart start = crawler(lru).dumpIndex(abandoned::incrementAndGet);
    return assertInstanceOf(DumpStart.Begun.class, start).cursor();
  }

  /// Up to `max` keys; the cursor is closed when there are no more.
  private static List<String> keys(ItemCursor cursor, int max) {
    List<String> keys = new ArrayList<>();
    while (keys.size() < max) {
      ItemCursor.Step step =
          cursor.next(
              (key, _) -> {
                byte[] bytes = key.segment().asSlice(key.offset(), key.length()).toArray(JAVA_BYTE);
                keys.add(new String(bytes, StandardCharsets.ISO_8859_1));
                return true;
              });
      if (step == ItemCursor.Step.END || step == ItemCursor.Step.LOCKED) {
        keys.add(step.name());
        cursor.close();
        return keys;
      }
    }
    return keys;
  }

  private static void fill(LruFixture lru, int items) {
    for (int i = 0; i < items; i++) {
      lru.driver.set("key" + i, 0, i % 2 == 0 ? 0 : lru.clock.now() + 10, new byte[i % 300]);
    }
  }

  @Test
  void aCrawlFreesWhatHasExpiredAndRestsBetweenBatches() {
    try (var lru = new LruFixture(Map.of("lru_crawler_sleep", "500"))) {
      fill(lru, 5000);
      lru.driver.read("key1");
      lru.clock.advanceSeconds(11);
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      assertEquals(1, lru.general("lru_crawler_running"));
      int turns = crawlAll(lru);
      assertTrue(turns >= 5 && nowNanos >= 4 * 500_000L, turns + " turns, " + nowNanos + " ns");
      assertEquals(2500, lru.general("curr_items"));
      assertEquals(2500, lru.general("crawler_reclaimed"));
      assertEquals(5000, lru.general("crawler_items_checked"));
      assertEquals(2499, lru.general("expired_unfetched"));
      assertEquals(0, lru.general("lru_crawler_running"));
      assertEquals(1, lru.general("lru_crawler_starts"));
    }
  }

  @Test
  void aCrawlFreesWhatWasFlushed() {
    try (var lru = new LruFixture(Map.of())) {
      lru.driver.set("old", "1");
      lru.clock.advanceSeconds(5);
      lru.driver.set("before", "1");
      lru.clock.advanceSeconds(1);
      lru.driver.set("now", "1");
      lru.engine.invalidate(lru.clock.now() - 1);
      assertEquals(1, lru.general("curr_items"), "what is older is not reaped at once");
      lru.driver.set("new", "1");
      crawler(lru).crawl(ALL);
      crawlAll(lru);
      assertEquals(1, lru.general("curr_items"));
      lru.read("new", 1);
    }
  }

  @Test
  void aCrawlOfAClassLeavesOthersAndLooksAtSoMany() {
    try (var lru = new LruFixture(FLAT)) {
      fill(lru, 3000);
      crawler(lru).itemsMax(10);
      crawler(lru).crawl(1 << 1 | 1 << 5);
      crawlAll(lru);
      assertEquals(20, lru.general("crawler_items_checked"));
      assertEquals(10, lru.first("crawler_items_checked"));
    }
  }

  @Test
  void onlyOneCrawlOrDumpAtATime() {
    try (var lru = new LruFixture(Map.of())) {
      fill(lru, 100);
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      assertEquals(CrawlStart.BUSY, crawler(lru).crawl(ALL));
      assertEquals(new DumpStart.Refused(CrawlStart.BUSY), crawler(lru).dump(ALL, abandoned::get));
      crawlAll(lru);
      ItemCursor cursor = dump(lru, ALL);
      assertEquals(new DumpStart.Refused(CrawlStart.BUSY), crawler(lru).dumpIndex(abandoned::get));
      assertEquals(CrawlStart.BUSY, crawler(lru).crawl(ALL));
      cursor.close();
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
    }
  }

  @Test
  void ofNoClassesThereIsNothingToCrawl() {
    try (var lru = new LruFixture(Map.of())) {
      fill(lru, 10);
      assertEquals(CrawlStart.NOTHING, crawler(lru).crawl(0));
      assertEquals(new DumpStart.Refused(CrawlStart.NOTHING), crawler(lru).dump(0, abandoned::get));
      assertEquals(0, lru.general("lru_crawler_starts"));
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      assertEquals(CrawlStart.BUSY, crawler(lru).crawl(0));
    }
  }

  @Test
  void disabledItRefusesAndEnabledTwiceIsSaid() {
    try (var lru = new LruFixture(Map.of())) {
      assertFalse(crawler(lru).enable());
      crawler(lru).disable();
      assertEquals(CrawlStart.DISABLED, crawler(lru).crawl(ALL));
      assertEquals(
          new DumpStart.Refused(CrawlStart.DISABLED), crawler(lru).dump(ALL, abandoned::get));
      crawler(lru).disable();
      assertTrue(crawler(lru).enable());
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      crawler(lru).disable();
      assertTrue(crawler(lru).enable());
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL), "the crawl had ended");
    }
  }

  @Test
  void aDumpShowsEveryLivingItemOnce() {
    try (var lru = new LruFixture(Map.of())) {
      fill(lru, 3000);
      lru.clock.advanceSeconds(11);
      requireEvenKeys(keys(dump(lru, ALL), Integer.MAX_VALUE));
      assertEquals(3000, lru.general("crawler_items_checked"), "the dead as well");
      requireEvenKeys(keys(dumpIndex(lru), Integer.MAX_VALUE));
    }
  }

  private static void requireEvenKeys(List<String> keys) {
    assertEquals("END", keys.removeLast());
    assertEquals(1500, keys.size());
    assertEquals(1500, new HashSet<>(keys).size());
    assertTrue(keys.stream().allMatch(key -> Integer.parseInt(key.substring(3)) % 2 == 0));
  }

  @Test
  void aDumpGoesOnWhateverHappensToItsItems() {
    try (var lru = new LruFixture(FLAT)) {
      for (int i = 0; i < 100; i++) {
        lru.driver.set("key" + i, "1");
      }
      ItemCursor cursor = dump(lru, ALL);
      List<String> seen = keys(cursor, 10);
      for (int i = 5; i < 50; i++) {
        lru.driver.delete("key" + i);
      }
      lru.clock.advanceSeconds(HitRecorder.REFRESH_SECONDS + 1);
      lru.read("key50", 2);
      seen.addAll(keys(cursor, Integer.MAX_VALUE));
      assertEquals("END", seen.removeLast());
      assertTrue(seen.containsAll(List.of("key0", "key9", "key51", "key99")));
      assertEquals(0, Collections.frequency(seen, "key30"));
      assertEquals(1, Collections.frequency(seen, "key50"));
    }
  }

  /// What is shown in HOT and WARM comes to COLD, and what was in COLD goes to WARM, while the dump
  /// is under way.
  @Test
  void aDumpShowsAnItemOnceWhereverItMovesMeanwhile() {
    try (var lru = new LruFixture(Map.of())) {
      lru.fill(2000);
      maintainAll(lru);
      for (int i = 0; i < 50; i++) {
        lru.read("bulk" + i, 2);
      }
      maintainAll(lru);
      long cold = lru.first("number_cold");
      assertEquals(50, lru.first("number_warm"), lru.queues());
      assertTrue(lru.first("number_hot") > 100, lru.queues());
      crawlAll(lru);
      ItemCursor cursor = dump(lru, ALL);
      List<String> seen = keys(cursor, 2000 - (int) cold + 10);
      // COLD has been begun. Others of it become active and go to WARM, which is done; HOT, which
      // is done too, goes to COLD.
      for (int i = 100; i < 300; i++) {
        lru.read("bulk" + i, 2);
      }
      lru.driver.set("new", "1");
      lru.clock.advanceSeconds(100);
      maintainAll(lru);
      assertTrue(lru.first("number_warm") > 200, lru.queues());
      seen.addAll(keys(cursor, Integer.MAX_VALUE));
      assertEquals("END", seen.removeLast());
      seen.remove("new");
      assertEquals(2000, seen.size());
      assertEquals(2000, new HashSet<>(seen).size());
      assertEquals(2001, keys(dump(lru, ALL), Integer.MAX_VALUE).size() - 1, "the next shows all");
    }
  }

  private static void maintainAll(LruFixture lru) {
    for (int i = 0; i < 10; i++) {
      lru.maintain();
    }
  }

  @Test
  void anIndexDumpIsCutShortWhenTheIndexGrows() {
    try (var lru = new LruFixture(Map.of("hashpower_init", "12"))) {
      ItemCursor cursor = dumpIndex(lru);
      int power = (int) lru.general("hash_power_level");
      for (int i = 0; i < 20_000 || lru.general("hash_power_level") == power; i++) {
        lru.driver.set("key" + i, "1");
      }
      assertEquals(List.of("LOCKED"), keys(cursor, Integer.MAX_VALUE));
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      awaitGrown(lru);
    }
  }

  /// The structure can be checked only when the index has grown to its end.
  private static void awaitGrown(LruFixture lru) {
    Figures figures = new Figures(lru.engine);
    long wanted = lru.general("hash_power_level");
    while (lru.general("curr_items") > 3L << (wanted - 1)) {
      wanted++;
    }
    figures.await("hash_power_level", wanted);
    figures.await("hash_is_expanding", 0);
  }

  @Test
  void aDumpThatNobodyPullsIsAbandoned() {
    try (var lru = new LruFixture(Map.of())) {
      fill(lru, 10);
      ItemCursor cursor = dump(lru, ALL);
      lru.clock.advanceSeconds(CrawlerControl.DUMP_IDLE_SECONDS_MAX);
      assertEquals(A_SECOND, lru.engine.crawl(0));
      assertEquals(0, abandoned.get());
      assertTrue(keys(cursor, 1).size() == 1, "pulling it is progress");
      lru.clock.advanceSeconds(CrawlerControl.DUMP_IDLE_SECONDS_MAX);
      lru.engine.crawl(0);
      assertEquals(0, abandoned.get());
      lru.clock.advanceSeconds(1);
      lru.engine.crawl(0);
      assertEquals(1, abandoned.get());
      cursor.close();
      assertEquals(Long.MAX_VALUE, lru.engine.crawl(0));
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
    }
  }

  @Test
  void disablingItStillAbandonsADumpThatNobodyPulls() throws InterruptedException {
    var clock = new FakeClock();
    var options = new EngineOptions(64 << 20, 1 << 20, true, true, 1, Map.of());
    var gone = new CountDownLatch(1);
    try (var engine = new SlabEngine(options, clock, EngineEvents.NONE)) {
      CrawlerControl crawler = engine.crawler().orElseThrow();
      assertInstanceOf(DumpStart.Begun.class, crawler.dump(ALL, gone::countDown));
      crawler.disable();
      clock.advanceSeconds(CrawlerControl.DUMP_IDLE_SECONDS_MAX + 1);
      assertTrue(gone.await(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void aCrawlThatGoesWrongEndsAndTheNextMayBegin() {
    try (var bare = new BareStore();
        var driver = new EngineDriver(bare.session())) {
      driver.set("expired", 0, 1, new byte[1]);
      bare.index().asSlice(0, bare.store.index.bytes()).fill((byte) 0);
      var crawler =
          new Crawler(bare.store, SlabSettings.of(Map.of()).lru(), EngineEvents.NONE, false);
      assertTrue(crawler.enable());
      assertEquals(CrawlStart.STARTED, crawler.crawl(ALL));
      assertThrows(AssertionError.class, () -> crawler.turn(0), "it isn't in the index");
      assertFalse(crawler.running());
      assertEquals(CrawlStart.STARTED, crawler.crawl(ALL));
    }
  }

  @Test
  void everyQueueIsCrawledEmptyOnesTooAndToldOfAtTheNextLook() {
    var events = new EventRecorder();
    try (var lru = new LruFixture(Map.of(), 64 << 20, events)) {
      lookAndCrawl(lru, 1);
      assertEquals(1, lru.general("lru_crawler_starts"));
      assertEquals(List.of(), events.crawls);
      lookAndCrawl(lru, 2);
      CrawlerRun.Queue[] queues = CrawlerRun.Queue.values();
      assertEquals(39 * queues.length, events.crawls.size());
      for (CrawlerRun.Queue queue : queues) {
        assertTrue(events.crawls.contains(new CrawlerRun(39, queue, 1, 0, 2, 65, 0, 0, 0)));
      }
    }
  }

  @Test
  void crawlingNothingButEmptyQueuesPutsNobodyOff() {
    try (var lru = new LruFixture(Map.of())) {
      lru.clock.advanceSeconds(1);
      lru.maintain();
      assertEquals(1, lru.general("lru_crawler_starts"));
      assertEquals(0, lru.general("lru_crawler_running"));
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      assertEquals(List.of("END"), keys(dump(lru, ALL), 1));
    }
  }

  @Test
  void aCrawlThatSomebodyAskedForIsNotToldOf() {
    var events = new EventRecorder();
    try (var lru = new LruFixture(Map.of(), 64 << 20, events)) {
      lookAndCrawl(lru, 1);
      lookAndCrawl(lru, 1);
      events.crawls.clear();
      lru.fill(10);
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      crawlAll(lru);
      lookAndCrawl(lru, 1);
      assertEquals(List.of(), events.crawls);
    }
  }

  @Test
  void aCrawlThatSomebodyAskedForIsNotInTheFiguresOfTheOneBefore() {
    var events = new EventRecorder();
    try (var lru = new LruFixture(Map.of(), 64 << 20, events)) {
      lookAndCrawl(lru, 1);
      lru.fill(10);
      assertEquals(CrawlStart.STARTED, crawler(lru).crawl(ALL));
      crawlAll(lru);
      lookAndCrawl(lru, 1);
      assertTrue(events.crawls.stream().allMatch(crawl -> crawl.examined() == 0));
      assertFalse(events.crawls.isEmpty());
    }
  }

  private void lookAndCrawl(LruFixture lru, int seconds) {
    lru.clock.advanceSeconds(seconds);
    lru.maintain();
    crawlAll(lru);
  }

  @Test
  void theMaintainerHasEveryQueueCrawledNowAndThen() {
    try (var lru = new LruFixture(Map.of())) {
      lru.fill(100);
      lookAndCrawl(lru, 1);
      assertEquals(100, lru.general("crawler_items_checked"));
      lookAndCrawl(lru, 1);
      lookAndCrawl(lru, 65);
      assertEquals(100, lru.general("crawler_items_checked"), "nothing there can expire");
      lookAndCrawl(lru, 1);
      assertEquals(200, lru.general("crawler_items_checked"));
    }
  }

  @Test
  void aQueueWhereMuchExpiresIsCrawledSooner() {
    var census = new QueueCensus();
    int now = 1000;
    for (int run = 0; run < 5; run++) {
      census.begin(now);
      census.foundAlive(0, now);
      census.end(now);
      assertEquals(60 * (run + 1) + 5, census.outlook(now).nextRunSeconds());
    }
    census.begin(now);
    for (int i = 0; i < 1000; i++) {
      census.foundAlive(now + 100, now);
    }
    census.end(now - 7);
    assertTrue(census.over());
    QueueCensus.Outlook soon = census.outlook(now);
    assertFalse(census.over());
    assertEquals(7, soon.sinceRunSeconds());
    assertEquals(245, soon.nextRunSeconds());
    assertEquals(11, soon.lowMark());
    assertEquals(1000, soon.nextReclaims());
    assertFalse(census.due(now + 245));
    assertTrue(census.due(now + 246));
  }

  @Test
  void whoAskedInVainKeepsAutomaticCrawlsBack() {
    try (var lru = new LruFixture(Map.of())) {
      lru.fill(10);
      ItemCursor cursor = dump(lru, ALL);
      assertEquals(CrawlStart.BUSY, crawler(lru).crawl(ALL));
      cursor.close();
      lru.clock.advanceSeconds(Crawler.STAND_BACK_SECONDS - 1);
      lru.maintain();
      crawlAll(lru);
      assertEquals(0, lru.general("crawler_items_checked"));
      lru.clock.advanceSeconds(1);
      lru.maintain();
      crawlAll(lru);
      assertEquals(10, lru.general("crawler_items_checked"));
    }
  }

  @Test
  void sizesAreCountedInStepsWhenWanted() {
    try (var lru = new LruFixture(Map.of("track_sizes", "yes"))) {
      Map<String, String> sizes = new HashMap<>();
      lru.driver.set("a", "1");
      lru.driver.set("b", 1, 0, new byte[1]);
      lru.driver.set("c", 0, 0, new byte[100_000]);
      lru.driver.delete("a");
      lru.engine.statistics(StatisticsGroup.SIZES, sizes::put);
      // 48 of header, 8 of CAS, key and zero, 4 of flags, value and its end
      assertEquals(Map.of("96", "1", "100064", "1"), sizes);
    }
  }
}
