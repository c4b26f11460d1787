package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-o snapshot=FILE`: written when asked for and at a graceful stop, loaded while serving.
class SnapshotTest {
  private static final int ITEMS = 3000;

  @TempDir Path folder;
  private final EventRecorder events = new EventRecorder();
  private final List<String> notices = events.notices;
  private final FakeClock clock = new FakeClock();

  private Path file() {
    return folder.resolve("items");
  }

  private SlabEngine open() {
    return open(file().toString());
  }

  private SlabEngine open(String file) {
    var settings = Map.of("snapshot", file);
    return new SlabEngine(
        new EngineOptions(64 << 20, 4 << 20, true, true, 1, settings), clock, events);
  }

  private static byte[] value(int i) {
    return EngineDriver.pattern(i, i % 1000 == 5 ? 1_300_000 : i % 300);
  }

  private void fill(SlabEngine engine) {
    try (var driver = new EngineDriver(engine)) {
      for (int i = 0; i < ITEMS; i++) {
        int deadline = i % 2 == 0 ? 0 : clock.now() + 50;
        assertEquals(Reserve.RESERVED, driver.set("k" + i, i, deadline, value(i)));
      }
    }
  }

  private static void requireAll(SlabEngine engine) {
    Figures figures = new Figures(engine);
    figures.await("snapshot_loading", 0);
    assertEquals(ITEMS, figures.of("snapshot_items_loaded"));
    try (var driver = new EngineDriver(engine)) {
      for (int i = 0; i < ITEMS; i++) {
        EngineDriver.requireSame(value(i), driver.readBytes("k" + i, false));
        assertEquals(i, driver.header.clientFlags);
        assertEquals(i + 2, driver.header.cas);
      }
      assertTrue(driver.set("new", "value"));
      assertEquals(ITEMS + 2, driver.header.cas);
    }
    engine.validate(0);
  }

  @Test
  void aGracefulStopKeepsTheItems() {
    SlabEngine first = open();
    assertEquals(1, notices.size());
    fill(first);
    first.closeKeeping();
    try (SlabEngine second = open()) {
      requireAll(second);
    }
  }

  @Test
  void oneCanBeAskedForWhileServing() {
    try (SlabEngine first = open()) {
      fill(first);
      assertTrue(first.snapshots().orElseThrow().save());
      new Figures(first).await("snapshot_saves", 1);
    }
    try (SlabEngine second = open()) {
      requireAll(second);
    }
  }

  @Test
  void whatIsNewerStaysAndWhatHasExpiredGoes() {
    SlabEngine first = open();
    fill(first);
    first.closeKeeping();
    clock.advanceSeconds(60);
    try (SlabEngine second = open();
        var driver = new EngineDriver(second)) {
      new Figures(second).await("snapshot_loading", 0);
      assertNull(driver.readBytes("k1", false));
      assertEquals(ITEMS / 2, new Figures(second).of("snapshot_items_loaded"));
      assertEquals(ITEMS, new Figures(second).of("snapshot_items_read"));
    }
  }

  @Test
  void aDamagedFileIsNotLoaded() throws IOException {
    SlabEngine first = open();
    fill(first);
    first.closeKeeping();
    byte[] whole = Files.readAllBytes(file());
    for (int at = 1; at < whole.length; at += whole.length / 7) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      requireRefused(damaged);
      requireRefused(Arrays.copyOf(whole, at));
    }
  }

  @Test
  void aFlushEndsTheLoadingAndLeavesNothing() throws IOException {
    SlabEngine first = open();
    fill(first);
    first.closeKeeping();
    try (var bare = new BareStore();
        Session session = bare.session()) {
      Freshness freshness = bare.store.freshness;
      AtomicInteger looks = new AtomicInteger();
      // The flush comes right after a look, so the next item is put in the new epoch.
      BooleanSupplier flushed =
          () -> {
            boolean before = freshness.everFlushed();
            if (looks.incrementAndGet() == 101) {
              freshness.invalidate(clock.now() - 1);
            }
            return before;
          };
      AtomicInteger stored = new AtomicInteger();
      new SnapshotReader(file(), flushed)
          .load(session, clock, loaded -> stored.addAndGet(loaded ? 1 : 0));
      assertTrue(stored.get() > 0 && stored.get() < 101, stored + " items loaded");
      bare.store.unlinkDead();
      assertEquals(0, bare.store.lists.items());
    }
  }

  /// Else the next CAS id would be whatever stood where the reading stopped.
  @Test
  void aCheckThatIsStoppedTellsNoCasId() throws IOException {
    SlabEngine first = open();
    fill(first);
    first.closeKeeping();
    assertEquals(ITEMS + 1, new SnapshotReader(file(), () -> false).check());
    AtomicInteger looks = new AtomicInteger();
    assertEquals(0, new SnapshotReader(file(), () -> looks.incrementAndGet() > 100).check());
  }

  @Test
  void aFlushForLaterEndsTheLoadingWhenItComesAbout() {
    Freshness freshness = new Freshness(clock);
    assertFalse(freshness.everFlushed());
    freshness.invalidate(clock.now() + 2);
    assertFalse(freshness.everFlushed());
    clock.advanceSeconds(2);
    assertTrue(freshness.everFlushed());
    freshness.invalidate(clock.now() + 100);
    assertTrue(freshness.everFlushed());
  }

  private void requireRefused(byte[] contents) throws IOException {
    Files.write(file(), contents);
    notices.clear();
    SlabEngine second = open();
    new Figures(second).await("snapshot_loading", 0);
    requireNotLoaded();
    assertEquals(0, new Figures(second).of("curr_items"));
    second.closeKeeping();
    assertArrayEquals(contents, Files.readAllBytes(aside()));
  }

  private void requireNotLoaded() {
    assertEquals(2, notices.size(), notices::toString);
    assertTrue(notices.getFirst().contains("is not loaded: "), notices.getFirst());
    assertTrue(notices.getLast().contains("is kept as " + aside()), notices.getLast());
  }

  private Path aside() {
    return folder.resolve(file().getFileName() + ".unloaded");
  }

  @Test
  void whereNothingCanBeSavedNothingIsBegun() throws IOException {
    Path noFolder = Files.createFile(folder.resolve("file"));
    for (String file :
        List.of("/", folder.toString(), noFolder + "/items", folder + "/missing/items")) {
      assertEquals(
          "snapshot = " + file + ", must be a file in a folder that is there and can be written",
          assertThrows(IllegalArgumentException.class, () -> open(file)).getMessage());
    }
  }

  /// A file that is there and can't be read is not a file that isn't there.
  @Test
  void whyAFileIsNotLoadedIsSaid() throws IOException {
    Files.createSymbolicLink(file(), file());
    try (SlabEngine engine = open()) {
      new Figures(engine).await("snapshot_loading", 0);
      requireNotLoaded();
    }
  }

  @Test
  void withoutTheSettingThereIsNone() {
    var options = new EngineOptions(8 << 20, 1 << 20, true, true, 1, Map.of());
    try (var engine = new SlabEngine(options, clock, EngineEvents.NONE)) {
      assertFalse(engine.snapshots().isPresent());
    }
  }
}
