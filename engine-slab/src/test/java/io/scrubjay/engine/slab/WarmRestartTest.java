package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.testkit.EngineDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Spec 8.3: what survives a graceful stop, and that nothing wrong ever does.
class WarmRestartTest {
  private static final String NO_META =
      "[restart] no metadata save file, starting with a clean cache";
  private static final String CLEAN =
      "[restart] failed to validate metadata, starting with a clean cache";
  private static final int LIMIT_BYTES = 32 << 20;
  private static final int NAMED_TWICE = -2;

  @TempDir Path folder;
  private final EventRecorder events = new EventRecorder();
  private final List<String> notices = events.notices;

  /// Server seconds of a process that started when `started` says.
  private record StartedClock(long processStarted, int now) implements CacheClock {}

  private Path file() {
    return folder.resolve("memory");
  }

  private Path meta() {
    return folder.resolve("memory.meta");
  }

  /// Runs `once` when it is first asked when the process started: that is before anything of the
  /// last run is looked at.
  private record WatchedClock(CacheClock clock, AtomicReference<Runnable> once)
      implements CacheClock {
    @Override
    public long processStarted() {
      once.getAndSet(() -> {}).run();
      return clock.processStarted();
    }

    @Override
    public int now() {
      return clock.now();
    }
  }

  private SlabEngine open(int started, Map<String, String> more) {
    return open(new StartedClock(1000 + started, 62), more);
  }

  private SlabEngine open(CacheClock clock, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("memory_file", file().toString());
    var options = new EngineOptions(LIMIT_BYTES, 2 << 20, true, true, 1, settings);
    notices.clear();
    return new SlabEngine(options, clock, events);
  }

  private SlabEngine open(int started) {
    return open(started, Map.of());
  }

  /// Two hundred items, some in pieces, some with a deadline 100 s on; returns their CAS ids.
  private Map<Integer, Long> fill(SlabEngine engine) {
    Map<Integer, Long> cas = new HashMap<>();
    try (var driver = new EngineDriver(engine)) {
      for (int i = 0; i < 200; i++) {
        int deadline = i % 3 == 0 ? 162 : 0;
        assertEquals(Reserve.RESERVED, driver.set("k" + i, i, deadline, value(i)));
        cas.put(i, driver.header.cas);
      }
      assertTrue(driver.delete("k7"));
    }
    return cas;
  }

  private static byte[] value(int i) {
    return EngineDriver.pattern(i, i % 50 == 10 ? 1_200_000 : 10 * i);
  }

  @Test
  void aStartThatIsRefusedLeavesTheItemsToTheNext() {
    SlabEngine first = open(0);
    fill(first);
    first.closeKeeping();
    Map<String, String> nowhere = Map.of("snapshot", folder + "/missing/items");
    assertThrows(IllegalArgumentException.class, () -> open(1, nowhere));
    try (SlabEngine second = open(1)) {
      assertEquals(199, new Figures(second).of("curr_items"));
    }
  }

  @Test
  void itemsSurviveWithAllTheyHave() {
    SlabEngine first = open(0);
    assertEquals(List.of(NO_META), notices);
    Map<Integer, Long> cas = fill(first);
    first.closeKeeping();
    try (SlabEngine second = open(40);
        var driver = new EngineDriver(second)) {
      assertEquals(List.of(), notices);
      assertEquals(199, new Figures(second).of("total_items"));
      for (int i = 0; i < 200; i++) {
        byte[] seen = driver.readBytes("k" + i, false);
        if (i == 7) {
          assertNull(seen);
          continue;
        }
        EngineDriver.requireSame(value(i), seen);
        assertEquals(i, driver.header.clientFlags);
        assertEquals(cas.get(i), driver.header.cas);
        assertEquals(i % 3 == 0 ? 162 - 40 : 0, driver.header.deadline);
      }
      assertTrue(driver.set("new", "value"));
      assertEquals(202, driver.header.cas);
      second.validate(0);
      assertFalse(Files.exists(meta()), "metadata that was read");
    }
  }

  @Test
  void aStartInTheSecondOfTheStopTakesEverythingOver() {
    keepOne();
    try (SlabEngine second = open(0);
        var driver = new EngineDriver(second)) {
      assertEquals(List.of(), notices);
      EngineDriver.requireSame(value(10), driver.readBytes("k10", true));
    }
  }

  /// What lies there while it is looked at is what a kill then leaves to the next start.
  @Test
  void aStartThatIsKilledBeforeAnythingIsTakenOverLeavesEverything() throws IOException {
    keepOne();
    Map<Path, byte[]> left = new HashMap<>();
    Runnable kill =
        () -> {
          for (Path path : List.of(file(), meta())) {
            left.put(path, assertDoesNotThrow(() -> Files.readAllBytes(path)));
          }
        };
    var clock = new WatchedClock(new StartedClock(1020, 62), new AtomicReference<>(kill));
    open(clock, Map.of()).close();
    assertFalse(Files.exists(meta()));
    for (var each : left.entrySet()) {
      Files.write(each.getKey(), each.getValue());
    }
    try (SlabEngine third = open(40);
        var driver = new EngineDriver(third)) {
      assertEquals(List.of(), notices);
      EngineDriver.requireSame(value(10), driver.readBytes("k10", true));
    }
  }

  @Test
  void aMistakeWhileLoadingDoesNotEndEveryStart() {
    keepOne();
    Runnable mistake =
        () -> {
          throw new IllegalStateException("ours");
        };
    var clock = new WatchedClock(new StartedClock(1020, 62), new AtomicReference<>(mistake));
    assertThrows(IllegalStateException.class, () -> open(clock, Map.of()));
    requireClean(open(40), NO_META);
  }

  @Test
  void aStopThatLiesInTheFutureStartsClean() {
    keepOne();
    requireClean(open(-1), "[restart] the stop time lies in the future", CLEAN);
  }

  @Test
  void timeStoppedCountsAgainstDeadlines() {
    keepOne();
    try (SlabEngine second = open(100);
        var driver = new EngineDriver(second)) {
      assertNull(driver.readBytes("k3", false));
      assertNotNull(driver.readBytes("k4", false));
    }
  }

  @Test
  void anIndexThatWasTooSmallGrowsWithoutASet() {
    Map<String, String> small = new HashMap<>(Map.of("hashpower_init", "12", "hash_expand", "no"));
    SlabEngine first = open(0, small);
    try (var driver = new EngineDriver(first)) {
      for (int i = 0; i < 100_000; i++) {
        assertTrue(driver.set("k" + i, "v"));
      }
    }
    Figures fixed = new Figures(first);
    fixed.await("hash_bytes", HashIndex.regionBytes(12 + IndexSettings.FIXED_DOUBLINGS));
    assertEquals(12, fixed.of("hash_power_level"));
    first.closeKeeping();
    small.remove("hash_expand");
    try (SlabEngine second = open(40, small)) {
      var figures = new Figures(second);
      assertEquals(100_000, figures.of("curr_items"));
      figures.await("hash_power_level", 17);
      figures.await("hash_is_expanding", 0);
      second.validate(0);
    }
  }

  /// As memcached: what the last run had counts more than what is configured, and is told.
  @ParameterizedTest
  @CsvSource({"14, 12, no", "12, 14, no", "12, 14, yes"})
  void theHashPowerIsTheLastRuns(String first, String second, String expand) {
    open(0, Map.of("hashpower_init", first)).closeKeeping();
    var more = Map.of("hashpower_init", second, "hash_expand", expand);
    try (SlabEngine engine = open(40, more)) {
      assertEquals(Long.parseLong(first), new Figures(engine).of("hash_power_level"));
      Map<String, String> settings = new HashMap<>();
      engine.statistics(StatisticsGroup.SETTINGS, settings::put);
      assertEquals(first, settings.get("hashpower_init"));
    }
  }

  @Test
  void aSecondServerIsRefusedAndTheFirstGoesOn() {
    keepOne();
    try (SlabEngine first = open(40);
        var driver = new EngineDriver(first)) {
      var refused = assertThrows(IllegalArgumentException.class, () -> open(50));
      assertEquals(
          "failed to open file for mmap: " + file() + ": another server has it open",
          refused.getMessage());
      EngineDriver.requireSame(value(10), driver.readBytes("k10", true));
      first.validate(0);
    }
    open(60).close();
  }

  @Test
  void manyRunsInARow() {
    keepOne();
    for (int run = 1; run < 5; run++) {
      SlabEngine next = open(10 * run);
      try (var driver = new EngineDriver(next)) {
        assertEquals(List.of(), notices);
        EngineDriver.requireSame(value(10), driver.readBytes("k10", true));
        assertTrue(driver.set("run" + run, "here"));
        next.validate(0);
      }
      next.closeKeeping();
    }
    try (SlabEngine last = open(90);
        var driver = new EngineDriver(last)) {
      assertEquals("here", driver.read("run2"));
    }
  }

  @Test
  void aStopThatIsNotGracefulStartsClean() {
    try (SlabEngine first = open(0)) {
      fill(first);
    }
    requireClean(open(40), NO_META);
  }

  @Test
  void whatWasFlushedStaysSo() {
    SlabEngine first = open(0);
    fill(first);
    first.invalidate(61);
    try (var driver = new EngineDriver(first)) {
      assertTrue(driver.set("after", "value"));
    }
    first.closeKeeping();
    try (SlabEngine second = open(40);
        var driver = new EngineDriver(second)) {
      assertEquals("value", driver.read("after"));
      assertNull(driver.readBytes("k1", false));
      assertEquals(1, new Figures(second).of("curr_items"));
    }
  }

  @Test
  void aFlushThatCameWhileNothingRanIsKept() {
    SlabEngine first = open(0);
    fill(first);
    first.invalidate(62 + 50);
    first.closeKeeping();
    try (SlabEngine second = open(5_000);
        var driver = new EngineDriver(second)) {
      assertNull(driver.readBytes("k1", false));
    }
  }

  @Test
  void anotherSettingStartsCleanAndSaysWhich() {
    keepOne();
    requireClean(
        open(40, Map.of("growth_factor", "1.5")),
        "[restart] restart incompatible due to setting for [slab_config] [old value: 1.25]",
        CLEAN);
  }

  private void keepOne() {
    SlabEngine first = open(0);
    fill(first);
    first.closeKeeping();
  }

  private void requireClean(SlabEngine opened, String... lines) {
    try (opened;
        var driver = new EngineDriver(opened)) {
      assertEquals(List.of(lines), notices);
      assertEquals(0, new Figures(opened).of("curr_items"));
      assertTrue(driver.set("k", "v"));
      assertEquals("v", driver.read("k"));
      opened.validate(0);
    }
  }

  @Test
  void damagedMetadataStartsClean() throws IOException {
    keepOne();
    byte[] whole = Files.readAllBytes(meta());
    byte[] memory = Files.readAllBytes(file());
    var random = new SplittableRandom(1);
    for (int round = 0; round < 30; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), memory);
      Files.write(meta(), damaged);
      requireClean(open(40), "[restart] corrupt metadata file", CLEAN);
    }
    for (int length : new int[] {0, 1, 6, whole.length / 2, whole.length - 1}) {
      Files.write(meta(), Arrays.copyOf(whole, length));
      requireClean(open(40), "[restart] corrupt metadata file", CLEAN);
    }
  }

  /// Of the class that is none, of one behind the last, and of one that has another line already.
  @ParameterizedTest
  @ValueSource(ints = {0, 63, 0x80, NAMED_TWICE})
  void aListThatCannotBeStartsClean(int id) throws Exception {
    keepOne();
    RestartMeta said = RestartMeta.parse(Files.readAllBytes(meta()));
    String line = id == NAMED_TWICE ? said.all("list").getFirst() : id + " 1048624 1";
    said.put("list", line);
    Files.write(meta(), said.toBytes());
    String list = line.substring(0, line.indexOf(' '));
    requireClean(open(40), "[restart] list at " + list + " is damaged", CLEAN);
  }

  @Test
  void aScribbledPageStartsClean() throws IOException {
    keepOne();
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), (1 << 20) + 5000);
    }
    SlabEngine second = open(40);
    String said = notices.getFirst();
    assertTrue(said.startsWith("[restart] page at ") && said.endsWith(" is damaged"), said);
    requireClean(second, said, CLEAN);
  }

  @Test
  void aTruncatedFileStartsClean() throws IOException {
    keepOne();
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(2 << 20);
    }
    SlabEngine second = open(40);
    assertTrue(notices.getLast().equals(CLEAN), notices.toString());
    requireClean(second, notices.toArray(String[]::new));
  }

  @Test
  void anotherRunsFileStartsClean() throws IOException {
    keepOne();
    byte[] older = Files.readAllBytes(file());
    keepOne();
    Files.write(file(), older);
    requireClean(open(40), "[restart] the memory file is not the metadata's", CLEAN);
  }

  @Test
  void othersMayNotReadIt() throws IOException {
    keepOne();
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(meta())));
  }

  @ParameterizedTest
  @CsvSource({"/no/such/file, No such file or directory", "/, Is a directory"})
  void aPathThatCannotBeMappedIsNamedWithTheReason(String path, String reason) {
    var options =
        new EngineOptions(LIMIT_BYTES, 1 << 20, true, true, 1, Map.of("memory_file", path));
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SlabEngine(options, new StartedClock(0, 62), EngineEvents.NONE));
    assertEquals("failed to open file for mmap: " + path + ": " + reason, refused.getMessage());
  }

  @Test
  void theLimitIsWhatItIs() {
    try (SlabEngine engine = open(0)) {
      assertEquals(32, new Figures(engine).of("slab_global_page_pool"));
      assertFalse(engine.slabs().orElseThrow().memoryLimit(64 << 20));
    }
  }
}
