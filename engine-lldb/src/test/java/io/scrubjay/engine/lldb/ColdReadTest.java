package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.testkit.CopyingReader;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteStallCondition;

/// What the cache can't answer is answered later, by another thread's help, and writes that the
/// store can't take wait without holding anything.
class ColdReadTest {
  private static final int ITEMS = 3000;
  private static final int SECONDS = 30;

  @TempDir private Path data;
  private final Semaphore woken = new Semaphore(0);
  private final Key key = new Key();

  private final ItemReader reader = new CopyingReader(MemorySegment.ofArray(new byte[2000]), 0);

  private Key key(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    return key.at(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  private LldbEngine open(Upkeep upkeep) {
    return Stores.open(
        data, Stores.options(Map.of("compression", "none")), new FakeClock(), upkeep);
  }

  @Test
  void aReadFromDiskIsPutOffAndAnsweredWhenItsBlocksAreThere() throws InterruptedException {
    try (LldbEngine engine = open(Upkeep.BY_HAND);
        var driver = new EngineDriver(engine)) {
      for (int i = 0; i < ITEMS; i++) {
        driver.set("key" + i, 0, 0, EngineDriver.pattern(i, 1000));
      }
      engine.ordered().orElseThrow().chore(List.of("compact")).join();
    }
    try (LldbEngine engine = open(Upkeep.ON_ITS_OWN);
        Session session = engine.openSession(woken::release)) {
      int putOff = 0;
      for (int i = 0; i < ITEMS; i += 100) {
        Lookup lookup = session.read(key("key" + i), true, reader);
        while (lookup == Lookup.PENDING) {
          putOff++;
          assertTrue(woken.tryAcquire(SECONDS, TimeUnit.SECONDS), "nobody woke the session");
          lookup = session.read(key("key" + i), true, reader);
        }
        assertEquals(Lookup.HIT, lookup);
      }
      assertTrue(putOff > 0, "nothing was cold");
    }
  }

  @Test
  void whileWritesAreStoppedAnOpenIsPutOff() {
    try (LldbEngine engine = open(Upkeep.BY_HAND);
        Session session = engine.openSession(woken::release)) {
      engine.store().stalls.changed("items.default", WriteStallCondition.STOPPED);
      try (Entry entry = session.open(key("k"))) {
        assertEquals(Lookup.PENDING, entry.lookup());
      }
      assertEquals(Lookup.MISS, session.read(key("k"), true, reader));
      assertEquals(0, woken.availablePermits());
      engine.store().stalls.changed("items.default", WriteStallCondition.NORMAL);
      assertEquals(1, woken.availablePermits());
      try (Entry entry = session.open(key("k"))) {
        assertEquals(Lookup.MISS, entry.lookup());
      }
    }
  }

  @Test
  void whileWritesAreSlowATurnWritesSoMuchAndNoMore() throws InterruptedException {
    try (LldbEngine engine = open(Upkeep.BY_HAND);
        var driver = new EngineDriver(engine);
        Session session = engine.openSession(woken::release)) {
      engine.store().stalls.changed("items.default", WriteStallCondition.DELAYED);
      engine.store().stalls.changed("deadlines.default", WriteStallCondition.DELAYED);
      engine.store().stalls.changed("deadlines.default", WriteStallCondition.NORMAL);
      Draft draft = session.newDraft();
      int bytes = (int) WriteStalls.SLOW_TURN_BYTES;
      assertEquals(Reserve.RESERVED, session.reserve(draft, key("k"), 0, 0, bytes));
      assertTrue(draft.append(MemorySegment.ofArray(new byte[bytes]), 0, bytes));
      try (Entry entry = session.open(key("k"))) {
        assertEquals(Lookup.MISS, entry.lookup());
        entry.put(draft, 0);
      }
      try (Entry entry = session.open(key("k"))) {
        assertEquals(Lookup.PENDING, entry.lookup());
      }
      EngineDriver.requireSame(new byte[bytes], driver.readBytes("k", false));
      assertTrue(woken.tryAcquire(SECONDS, TimeUnit.SECONDS), "nobody woke the session");
      session.turnEnds();
      try (Entry entry = session.open(key("k"))) {
        assertEquals(Lookup.HIT, entry.lookup());
      }
      assertEquals(0, engine.store().stalls.count(), "nothing was stopped");
    }
  }
}
