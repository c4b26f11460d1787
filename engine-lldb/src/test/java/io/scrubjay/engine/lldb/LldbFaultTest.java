package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scrubjay.engine.Reserve;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are damaged, cut, missing, or have no room: refused or recovered as
/// docs/operating/lldb.md says, in one line, and never another answer than what was stored.
class LldbFaultTest {
  private static final int ITEMS = 500;

  @TempDir private Path folder;
  private Path data;
  private final FakeClock clock = new FakeClock();

  @BeforeEach
  void makesADirectory() {
    data = Stores.fresh(folder, "data");
  }

  private LldbEngine open() {
    return Stores.open(data, Stores.options(Map.of("compression", "none")), clock);
  }

  /// Stores items, and has them in table files if `compacted`, in the log otherwise.
  private void fill(boolean compacted) {
    try (LldbEngine engine = open();
        var driver = new EngineDriver(engine)) {
      for (int i = 0; i < ITEMS; i++) {
        driver.set("key" + i, 0, 0, EngineDriver.pattern(i, 1000));
      }
      driver.session.turnEnds();
      if (compacted) {
        engine.ordered().orElseThrow().chore(List.of("compact")).join();
      }
    }
  }

  private Path only(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("db"))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }

  private static void require(String message, String part) {
    assertTrue(message.contains(part) && message.lines().count() == 1, message);
  }

  @Test
  void aDamagedTableNeverAnswersWithOtherBytes() throws IOException {
    fill(true);
    Path table = only(".sst");
    try (var file = new RandomAccessFile(table.toFile(), "rw")) {
      for (long at = 1000; at < file.length() / 2; at += 4096) {
        file.seek(at);
        file.write(0xA5);
      }
    }
    int failed = 0;
    try (LldbEngine engine = open();
        var driver = new EngineDriver(engine)) {
      for (int i = 0; i < ITEMS; i++) {
        try {
          EngineDriver.requireSame(
              EngineDriver.pattern(i, 1000), driver.readBytes("key" + i, true));
        } catch (StoreFailure damage) {
          require(String.valueOf(damage.getMessage()), "a read failed: ");
          failed++;
        }
      }
      var verified = engine.ordered().orElseThrow().chore(List.of("verify"));
      var damage = assertThrows(CompletionException.class, verified::join);
      require(String.valueOf(damage.getCause()), "verify failed: ");
    }
    assertTrue(failed > 0 && failed < ITEMS, failed + " reads met the damage");
  }

  @Test
  void aTornLogIsReplayedUpToTheTear() throws IOException {
    Path copy = Stores.fresh(folder, "torn");
    try (LldbEngine engine = open();
        var driver = new EngineDriver(engine)) {
      for (int i = 0; i < ITEMS; i++) {
        driver.set("key" + i, 0, 0, EngineDriver.pattern(i, 1000));
      }
      driver.session.turnEnds();
      Stores.copy(data, copy);
    }
    data = copy;
    Path log = only(".log");
    try (var file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    try (LldbEngine engine = open();
        var driver = new EngineDriver(engine)) {
      int present = 0;
      while (driver.readBytes("key" + present, true) != null) {
        present++;
      }
      assertTrue(present > ITEMS / 3 && present < ITEMS, present + " items are left");
      for (int i = 0; i < ITEMS; i++) {
        byte[] seen = driver.readBytes("key" + i, true);
        assertEquals(i < present, seen != null, "what was written later is there, key" + i);
        if (seen != null) {
          EngineDriver.requireSame(EngineDriver.pattern(i, 1000), seen);
        }
      }
      Stores.check(engine);
    }
  }

  @Test
  void withoutAManifestItIsRefused() throws IOException {
    fill(true);
    try (Stream<Path> files = Files.list(data.resolve("db"))) {
      for (Path file : files.filter(each -> each.toString().contains("MANIFEST")).toList()) {
        Files.delete(file);
      }
    }
    var refused = assertThrows(StoreFailure.class, () -> open().close());
    require(String.valueOf(refused.getMessage()), "data_dir " + data + ": can't be opened: ");
  }

  @Test
  void withoutCurrentItIsRefusedAndNotMadeAnew() throws IOException {
    fill(true);
    Files.delete(data.resolve("db").resolve("CURRENT"));
    var refused = assertThrows(StoreFailure.class, () -> open().close());
    require(String.valueOf(refused.getMessage()), "data_dir " + data + ": can't be opened: ");
  }

  /// What fails behind the opening of the tree gives all back: both locks, for what can be seen.
  @Test
  void whatCannotBeOpenedCanBeTriedAgain() {
    try (LldbEngine engine = open()) {
      engine.store().tree.saveFact(Database.flushKey("default"), new byte[] {1});
    }
    for (int round = 0; round < 3; round++) {
      assertThrows(BufferUnderflowException.class, () -> open().close());
    }
  }

  @Test
  void pastMaxDiskStoresAreRefusedAndReadsGoOn() {
    var options = Stores.options(Map.of("max_disk", "2m", "write_buffer", "1m"));
    try (LldbEngine engine = Stores.open(data, options, clock);
        var driver = new EngineDriver(engine)) {
      int stored = 0;
      while (stored < 10_000
          && driver.set("key" + stored, 0, 0, EngineDriver.pattern(stored, 1000))
              == Reserve.RESERVED) {
        stored++;
        driver.session.turnEnds();
        engine.housekeeping().watch();
      }
      assertTrue(stored > 500 && stored < 10_000, stored + " were stored");
      EngineDriver.requireSame(EngineDriver.pattern(0, 1000), driver.readBytes("key0", true));
      assertTrue(driver.delete("key0"));
      assertEquals(Reserve.OUT_OF_MEMORY, driver.set("more", 0, 0, new byte[1]));
    }
  }

  /// Needs a file system that is really full, and so the right to mount one; with environment
  /// variable `SCRUBJAY_REQUIRE_TOOLS=1` it is a failure not to have it.
  @Test
  void onAFullDiskNothingIsPromisedAndNothingIsLost() throws Exception {
    Path small = Stores.fresh(folder, "small");
    boolean mounted = mounted(small);
    boolean required = "1".equals(System.getenv("SCRUBJAY_REQUIRE_TOOLS"));
    assertTrue(mounted || !required, "SCRUBJAY_REQUIRE_TOOLS=1 but no tmpfs can be mounted");
    assumeTrue(mounted, "no tmpfs can be mounted");
    try {
      data = Stores.fresh(small, "data");
      int promised = fillUp();
      run("mount", "-o", "remount,size=64m", small.toString());
      try (LldbEngine engine = open();
          var driver = new EngineDriver(engine)) {
        for (int i = 0; i < promised; i++) {
          EngineDriver.requireSame(
              EngineDriver.pattern(i, 100_000), driver.readBytes("key" + i, true));
        }
        assertEquals(Reserve.RESERVED, driver.set("room again", 0, 0, new byte[1]));
      }
    } finally {
      run("umount", small.toString());
    }
  }

  private static boolean mounted(Path folder) throws InterruptedException {
    try {
      return new ProcessBuilder(
                  "mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.toString())
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noMount) {
      return false;
    }
  }

  /// How many stores were promised until the disk was full.
  private int fillUp() {
    LldbEngine engine = open();
    var driver = new EngineDriver(engine);
    int promised = 0;
    try {
      while (driver.set("key" + promised, 0, 0, EngineDriver.pattern(promised, 100_000))
          == Reserve.RESERVED) {
        driver.session.turnEnds();
        promised++;
      }
    } catch (StoreFailure full) {
      require(String.valueOf(full.getMessage()), "data_dir " + data + ": ");
    }
    assertTrue(promised > 10, promised + " stores");
    assertEquals(Reserve.OUT_OF_MEMORY, driver.set("more", 0, 0, new byte[1]));
    closeFull(driver);
    closeFull(engine);
    return promised;
  }

  /// What can't be synced at the end is said, and the tree is closed all the same.
  private static void closeFull(AutoCloseable part) {
    try {
      part.close();
    } catch (StoreFailure full) {
      require(String.valueOf(full.getMessage()), "data_dir ");
    } catch (Exception other) {
      throw new AssertionError(other);
    }
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command[0]);
  }
}
