package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reassign;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.EngineDriver;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Spec 7.4: an item in use holds its page up. After so many passes a large one is deleted, and a
/// small one still isn't.
class BusyPageTest {
  private static final int LARGEST = 39;
  private static final int LARGE_BYTES = 900_000;
  private static final int SMALL_BYTES = 900;
  private static final int PASSES_MAX = 3;

  private final BareStore bare = new BareStore(32 << 20);
  private final EngineDriver driver = new EngineDriver(bare.session());
  private final PageMover mover =
      new PageMover(
          bare.store,
          new Turns(),
          SlabSettings.of(Map.of("slab_automove", "0")).mover(),
          EngineEvents.NONE,
          PASSES_MAX);

  @AfterEach
  void close() {
    mover.close();
    driver.close();
    bare.close();
  }

  private void fill(int items, int valueBytes) {
    for (int i = 0; i < items; i++) {
      byte[] value = EngineDriver.pattern(i, valueBytes);
      assertEquals(Reserve.RESERVED, driver.set("key" + i, 0, 0, value));
    }
  }

  private Pin pinFirst() {
    Pin pin = driver.session.newPin();
    try (Entry entry = driver.open("key0")) {
      assertTrue(entry.pin(pin));
    }
    return pin;
  }

  private Map<String, String> figures() {
    Map<String, String> figures = new HashMap<>();
    mover.printCounts(figures::put);
    return figures;
  }

  private long figure(String name) {
    return Long.parseLong(figures().getOrDefault(name, "-1"));
  }

  private void awaitAtLeast(String name, long value) {
    Await.until(name + " of " + value, () -> figure(name) >= value);
  }

  @Test
  void aLargeItemIsDeletedAfterSoManyPasses() {
    fill(5, LARGE_BYTES);
    assertTrue(driver.delete("key3") && driver.delete("key4"));
    Pin pin = pinFirst();
    mover.start();
    assertEquals(Reassign.STARTED, mover.reassign(LARGEST, SlabControl.POOL));
    awaitAtLeast("slab_reassign_busy_deletes", 1);
    assertNull(driver.readBytes("key0", false));
    assertEquals(0, figure("slabs_moved"));
    requireFirst(pin, LARGE_BYTES);
    pin.release();
    awaitAtLeast("slabs_moved", 1);
    assertEquals(1, figure("slab_reassign_busy_deletes"));
    assertEquals(1, figure("slab_reassign_chunk_rescues"));
    assertTrue(figure("slab_reassign_busy_items") > PASSES_MAX);
    EngineDriver.requireSame(EngineDriver.pattern(1, LARGE_BYTES), driver.readBytes("key1", false));
    new StructureCheck(bare.store).run(0);
  }

  @Test
  void aSmallItemStaysHoweverLongItTakes() {
    fill(2000, SMALL_BYTES);
    for (int i = 1000; i < 2000; i++) {
      assertTrue(driver.delete("key" + i)); // so that nothing has to be evicted
    }
    Pin pin = pinFirst();
    assertNotNull(driver.readBytes("key0", false));
    mover.start();
    assertEquals(Reassign.STARTED, mover.reassign(driver.header.slabClass, SlabControl.POOL));
    awaitAtLeast("slab_reassign_busy_items", 2 * PASSES_MAX);
    assertEquals(0, figure("slab_reassign_busy_deletes"));
    requireFirst(pin, SMALL_BYTES);
    pin.release();
    awaitAtLeast("slabs_moved", 1);
    EngineDriver.requireSame(EngineDriver.pattern(0, SMALL_BYTES), driver.readBytes("key0", false));
    new StructureCheck(bare.store).run(0);
  }

  private static void requireFirst(Pin pin, int valueBytes) {
    byte[] pinned = new byte[valueBytes];
    pin.copy(0, MemorySegment.ofArray(pinned), 0, valueBytes);
    EngineDriver.requireSame(EngineDriver.pattern(0, valueBytes), pinned);
  }
}
