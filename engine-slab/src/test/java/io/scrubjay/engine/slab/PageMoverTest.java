package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reassign;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Spec 2.6 `slabs reassign` and 7.4: what moves, what stays, and what is answered.
class PageMoverTest {
  private static final int VALUE_BYTES = 900;
  private static final int LARGEST = 39;
  private static final int ITEMS = 2000;
  private static final int DELETED = 1000;
  private static final int CHUNKS_PER_PAGE = 885;

  private final FakeClock clock = new FakeClock();

  /// Without the LRU's threads, which would drop dead items before the mover comes to them.
  private final SlabEngine engine =
      open(Map.of("slab_automove", "0", "lru_crawler", "no", "lru_maintainer_thread", "no"));

  private final SlabControl slabs = engine.slabs().orElseThrow();
  private final Figures figures = new Figures(engine);
  private final EngineDriver driver = new EngineDriver(engine);

  private SlabEngine open(Map<String, String> settings) {
    var options = new EngineOptions(64 << 20, 4 << 20, true, true, 1, settings);
    return new SlabEngine(options, clock, EngineEvents.NONE);
  }

  @AfterEach
  void close() {
    driver.close();
    engine.close();
  }

  private static String key(int i) {
    return "key:" + i;
  }

  private static byte[] value(int i) {
    return EngineDriver.pattern(i, VALUE_BYTES);
  }

  /// Four pages of one class, more than one of them free; returns the class.
  private int fill(int deadline) {
    for (int i = 0; i < ITEMS + DELETED; i++) {
      assertEquals(Reserve.RESERVED, driver.set(key(i), 7, deadline, value(i)));
    }
    for (int i = ITEMS; i < ITEMS + DELETED; i++) {
      assertTrue(driver.delete(key(i)));
    }
    assertTrue(driver.readBytes(key(0), false) != null);
    return driver.header.slabClass;
  }

  private void move(int source, int target) {
    assertEquals(Reassign.STARTED, slabs.reassign(source, target));
    figures.await("slab_reassign_running", 0);
  }

  @Test
  void liveItemsMoveWithAllTheyHave() {
    int source = fill(1000);
    Map<Integer, Long> cas = new HashMap<>();
    for (int i = 0; i < ITEMS; i++) {
      assertTrue(driver.readBytes(key(i), true) != null);
      cas.put(i, driver.header.cas);
    }
    move(source, 1);
    assertEquals(1, figures.of("slabs_moved"));
    assertEquals(CHUNKS_PER_PAGE, figures.of("slab_reassign_rescues"));
    for (int i = 0; i < ITEMS; i++) {
      EngineDriver.requireSame(value(i), driver.readBytes(key(i), false));
      assertEquals(cas.get(i), driver.header.cas);
      assertEquals(7, driver.header.clientFlags);
      assertEquals(1000, driver.header.deadline);
    }
    engine.validate(0);
  }

  @Test
  void deadItemsAreDroppedInstead() {
    int source = fill(clock.now() + 10);
    clock.advanceSeconds(20);
    move(source, SlabControl.POOL);
    assertEquals(0, figures.of("slab_reassign_rescues"));
    assertEquals(1, figures.of("slab_global_page_pool"));
    assertTrue(figures.of("curr_items") <= ITEMS - CHUNKS_PER_PAGE);
    assertEquals(CHUNKS_PER_PAGE, figures.of("slab_reassign_inline_reclaim"));
    engine.validate(0);
  }

  @Test
  void aPinnedItemHoldsThePageUntilItIsReleased() {
    int source = fill(0);
    Pin pin = driver.session.newPin();
    try (Entry entry = driver.open(key(0))) {
      assertTrue(entry.pin(pin));
    }
    assertEquals(Reassign.STARTED, slabs.reassign(source, 1));
    awaitBusy("busy_active");
    assertEquals(Reassign.BUSY, slabs.reassign(source, 1));
    assertTrue(figures.of("slab_reassign_busy_items") > 0);
    pin.release();
    figures.await("slabs_moved", 1);
    EngineDriver.requireSame(value(0), driver.readBytes(key(0), false));
  }

  @Test
  void aLockedItemIsAskedAgain() {
    int source = fill(0);
    try (Entry entry = driver.open(key(0))) {
      assertEquals(Lookup.HIT, entry.lookup());
      assertEquals(Reassign.STARTED, slabs.reassign(source, 1));
      awaitBusy("locked");
    }
    figures.await("slabs_moved", 1);
    EngineDriver.requireSame(value(0), driver.readBytes(key(0), false));
  }

  @Test
  void anUploadIsWaitedFor() {
    Draft draft = driver.session.newDraft();
    byte[] whole = EngineDriver.pattern(5, VALUE_BYTES);
    assertEquals(
        Reserve.RESERVED, driver.session.reserve(draft, driver.key("up"), 0, 0, VALUE_BYTES));
    int source = fill(0);
    assertEquals(Reassign.STARTED, slabs.reassign(source, 1));
    awaitBusy("busy_uploading");
    assertTrue(draft.append(MemorySegment.ofArray(whole), 0, VALUE_BYTES));
    try (Entry entry = driver.open("up")) {
      entry.put(draft, 0);
    }
    figures.await("slabs_moved", 1);
    EngineDriver.requireSame(whole, driver.readBytes("up", false));
  }

  private void awaitBusy(String status) {
    Await.until(status, () -> figures.text("slab_reassign_last_busy_status").equals(status));
  }

  @Test
  void piecesOfLargeItemsMoveOneByOne() {
    int items = 12;
    for (int i = 0; i < items; i++) {
      byte[] large = EngineDriver.pattern(i, 1_500_000);
      assertEquals(Reserve.RESERVED, driver.set("large:" + i, i, 0, large));
    }
    for (int round = 0; round < 6; round++) {
      move(LARGEST, 1);
    }
    assertTrue(figures.of("slab_reassign_chunk_rescues") > 0);
    for (int i = 0; i < items; i++) {
      byte[] seen = driver.readBytes("large:" + i, false);
      if (seen != null) {
        EngineDriver.requireSame(EngineDriver.pattern(i, 1_500_000), seen);
      }
    }
    engine.validate(0);
  }

  @Test
  void everyRefusalHasItsName() {
    int source = fill(0);
    assertEquals(Reassign.SAME, slabs.reassign(3, 3));
    assertEquals(Reassign.BAD_CLASS, slabs.reassign(-2, 3));
    assertEquals(Reassign.BAD_CLASS, slabs.reassign(source, 40));
    assertEquals(Reassign.BAD_CLASS, slabs.reassign(64, 1));
    assertEquals(Reassign.NO_SPARE, slabs.reassign(1, source));
    assertEquals(Reassign.NO_SPARE, slabs.reassign(SlabControl.POOL, source));
    assertEquals(Reassign.BAD_CLASS, slabs.reassign(SlabControl.ANY_CLASS, source));
    assertEquals(Reassign.STARTED, slabs.reassign(SlabControl.ANY_CLASS, 1));
    try (var without = open(Map.of("slab_reassign", "no"))) {
      assertFalse(without.slabs().orElseThrow().reassigns());
    }
  }

  @Test
  void aMoveThatGoesWrongIsGivenUpAndTheNextMayBegin() {
    var events = new EventRecorder();
    var full =
        new EngineOptions(
            4 << 20,
            1 << 20,
            true,
            true,
            1,
            Map.of("slab_automove", "0", "lru_crawler", "no", "lru_maintainer_thread", "no"));
    try (var engineInNeed = new SlabEngine(full, clock, events);
        var filler = new EngineDriver(engineInNeed)) {
      for (int i = 0; i < 5 * CHUNKS_PER_PAGE; i++) {
        assertEquals(Reserve.RESERVED, filler.set(key(i), 7, 0, value(i)));
      }
      assertTrue(filler.readBytes(key(5 * CHUNKS_PER_PAGE - 1), false) != null);
      int source = filler.header.slabClass;
      var of = new Figures(engineInNeed);
      SlabControl control = engineInNeed.slabs().orElseThrow();
      events.failing = true;
      for (int round = 0; round < 2; round++) {
        assertEquals(Reassign.STARTED, control.reassign(source, SlabControl.POOL));
        of.await("slab_reassign_running", 0);
      }
      events.failing = false;
      assertEquals(Reassign.STARTED, control.reassign(source, SlabControl.POOL));
      of.await("slabs_moved", 1);
      of.await("slab_reassign_running", 0);
      assertEquals(1, events.notices.size(), events.notices.toString());
      assertTrue(events.notices.getFirst().startsWith("mc-slabmaint gives a turn up: "));
      String move = source + ">" + SlabControl.POOL;
      assertEquals(List.of(move + " fail", move + " fail"), events.moves.subList(0, 2));
      engineInNeed.validate(0);
    }
  }

  @Test
  void aLoweredLimitGivesPagesBackAsTheyComeFree() {
    int source = fill(0);
    assertTrue(slabs.memoryLimit(8 << 20));
    assertEquals(8 << 20, figures.of("limit_maxbytes"));
    move(source, SlabControl.POOL);
    assertEquals(1, figures.of("slab_global_page_pool"));
    assertTrue(slabs.memoryLimit(2 << 20));
    assertEquals(0, figures.of("slab_global_page_pool"));
    assertTrue(slabs.memoryLimit(1L << 32));
    fill(0);
    engine.validate(0);
  }
}
