package io.scrubjay.testkit;

import static io.scrubjay.testkit.EngineDriver.bytes;
import static io.scrubjay.testkit.EngineDriver.pattern;
import static io.scrubjay.testkit.EngineDriver.requireSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.StatisticsGroup;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every engine promises; a test class per engine inherits it. After each test the engine's
/// structure is checked and nothing may be left in use.
public abstract class EngineContract {
  protected static final long MEBIBYTE = 1 << 20;

  protected final FakeClock clock = new FakeClock();
  protected Engine engine;
  protected EngineDriver driver;
  protected final EvictionLog evictions = new EvictionLog();

  protected abstract Engine open(EngineOptions options, CacheClock time, EngineEvents events);

  /// Throws an `AssertionError` if the engine's insides disagree or memory is held by nobody.
  protected abstract void check(Engine quiescent);

  protected static EngineOptions options(long memoryBytes, boolean evictions, boolean cas) {
    return new EngineOptions(memoryBytes, 4 << 20, evictions, cas, 2, Map.of());
  }

  @BeforeEach
  void startsEmpty() {
    engine = open(options(64 * MEBIBYTE, true, true), clock, evictions);
    driver = new EngineDriver(engine);
    assertEquals(0, statistic("curr_items"));
  }

  protected final void reopen(EngineOptions options) {
    driver.close();
    engine.close();
    engine = open(options, clock, evictions);
    driver = new EngineDriver(engine);
  }

  @AfterEach
  void engineLeaksNothing() {
    check(engine);
    driver.close();
    engine.close();
  }

  protected final long statistic(String name) {
    Map<String, String> figures = new HashMap<>();
    engine.statistics(StatisticsGroup.GENERAL, figures::put);
    String value = figures.get(name);
    assertNotNull(value, name);
    return Long.parseLong(value);
  }

  @Test
  void aStoredItemIsReadBackWhole() {
    assertEquals("(miss)", driver.read("k"));
    driver.set("k", 7, 0, bytes("value").toArray(ValueLayout.JAVA_BYTE));
    assertEquals("value", driver.read("k"));
    assertEquals(7, driver.header.clientFlags);
    assertEquals(5, driver.header.valueBytes);
    assertEquals(0, driver.header.deadline);
    assertEquals(2, driver.header.cas);
    assertEquals(48 + 8 + 1 + 1 + 4 + 5 + 2, driver.header.totalBytes);
    assertEquals(1, statistic("curr_items"));
    assertEquals(driver.header.totalBytes, statistic("bytes"));
  }

  @Test
  void anEmptyValueAndTheLongestKeyAreKept() {
    String name = "n".repeat(250);
    driver.set(name, "");
    assertEquals("", driver.read(name));
    assertEquals("(miss)", driver.read("n".repeat(249)));
  }

  @Test
  void aReplacedItemIsGoneAndItsSuccessorHasAGreaterCas() {
    driver.set("k", "one");
    long first = driver.header.cas;
    driver.set("k", "other");
    assertEquals("other", driver.read("k"));
    assertTrue(driver.header.cas > first);
    assertEquals(1, statistic("curr_items"));
    assertEquals(2, statistic("total_items"));
  }

  @Test
  void aDeletedItemMisses() {
    driver.set("k", "v");
    assertTrue(driver.delete("k"));
    assertFalse(driver.delete("k"));
    assertEquals("(miss)", driver.read("k"));
    assertEquals(0, statistic("curr_items"));
    assertEquals(0, statistic("bytes"));
  }

  @Test
  void conditionsHoldUnderTheEntry() {
    assertTrue(driver.add("k", "1"));
    assertFalse(driver.add("k", "2"));
    driver.read("k");
    long cas = driver.header.cas;
    assertFalse(driver.compareAndSet("k", cas + 1, "3"));
    assertTrue(driver.compareAndSet("k", cas, "4"));
    assertFalse(driver.compareAndSet("k", cas, "5"));
    assertEquals("4", driver.read("k"));
  }

  @Test
  void incrementsHappenInPlaceAndGrow() {
    driver.set("n", "8");
    assertEquals(9, driver.increment("n", 1));
    driver.read("n");
    long cas = driver.header.cas;
    assertEquals(10, driver.increment("n", 1));
    assertEquals("10", driver.read("n"));
    assertTrue(driver.header.cas > cas);
    assertEquals(-1, driver.increment("none", 1));
  }

  @Test
  void appendKeepsFlagsAndDeadline() {
    driver.set("k", 5, clock.now() + 10, new byte[] {'a'});
    assertTrue(driver.append("k", new byte[] {'b', 'c'}));
    assertEquals("abc", driver.read("k"));
    assertEquals(5, driver.header.clientFlags);
    assertEquals(clock.now() + 10, driver.header.deadline);
    assertFalse(driver.append("none", new byte[] {'x'}));
  }

  @Test
  void theServersCasIsTakenWhenItNamesOne() {
    Draft draft = driver.session.newDraft();
    driver.fill(draft, "k", 0, 0, new byte[] {'v'}, 1);
    try (Entry entry = driver.open("k")) {
      assertEquals(77, entry.put(draft, 77));
      assertFalse(draft.inUse());
      assertEquals(77, entry.item().cas);
      entry.cas(99);
      assertEquals(99, entry.item().cas);
    }
    driver.read("k");
    assertEquals(99, driver.header.cas);
  }

  @Test
  void withoutCasThereIsNone() {
    reopen(options(64 * MEBIBYTE, true, false));
    driver.set("k", "v");
    assertEquals("v", driver.read("k"));
    assertEquals(0, driver.header.cas);
    assertEquals(48 + 1 + 1 + 1 + 2, driver.header.totalBytes);
  }

  @Test
  void anItemExpiresWhenItsSecondComes() {
    driver.set("k", 0, clock.now() + 2, new byte[] {'v'});
    clock.advanceSeconds(1);
    assertEquals("v", driver.read("k"));
    clock.advanceSeconds(1);
    assertEquals("(expired)", driver.read("k"));
    assertEquals("(miss)", driver.read("k"));
    driver.set("k", 0, clock.now(), new byte[] {'v'});
    try (Entry entry = driver.open("k")) {
      assertEquals(Lookup.EXPIRED, entry.lookup());
    }
    assertEquals(0, statistic("curr_items"));
  }

  @Test
  void theDeadlineMoves() {
    driver.set("k", 0, clock.now() + 1, new byte[] {'v'});
    try (Entry entry = driver.open("k")) {
      entry.deadline(0);
      assertEquals(0, entry.item().deadline);
    }
    clock.advanceSeconds(5);
    assertEquals("v", driver.read("k"));
  }

  @Test
  void aFlushTakesThePresentSecondButNotWhatFollows() {
    driver.set("old", "v");
    clock.advanceSeconds(3);
    driver.set("k", "v");
    engine.invalidate(clock.now() - 1);
    assertEquals("(flushed)", driver.read("old"));
    assertFalse(driver.delete("k"));
    driver.set("k", "w");
    assertEquals("w", driver.read("k"));
    clock.advanceSeconds(3);
    assertEquals("w", driver.read("k"));
  }

  @Test
  void aFlushAtOnceTakesItemsBumpedThisSecond() {
    driver.set("k", "v");
    clock.advanceSeconds(3);
    driver.read("k");
    driver.read("k");
    engine.invalidate(clock.now() - 1);
    assertNull(driver.readBytes("k", true));
  }

  @Test
  void aDelayedFlushWaitsForItsInstant() {
    driver.set("a", "v");
    engine.invalidate(clock.now() + 2);
    assertEquals("v", driver.read("a"));
    clock.advanceSeconds(1);
    driver.set("b", "v");
    clock.advanceSeconds(1);
    assertEquals("(flushed)", driver.read("a"));
    assertEquals("(flushed)", driver.read("b"));
    clock.advanceSeconds(1);
    driver.set("a", "w");
    assertEquals("w", driver.read("a"));
  }

  @Test
  void aLaterFlushReplacesAPendingOne() {
    driver.set("a", "v");
    engine.invalidate(clock.now() + 2);
    engine.invalidate(clock.now() + 100);
    clock.advanceSeconds(50);
    assertEquals("v", driver.read("a"));
    clock.advanceSeconds(50);
    assertEquals("(flushed)", driver.read("a"));
  }

  @Test
  void aFlushOfWhatIsOlderThanTheServerOnlyReplacesAPendingOne() {
    driver.set("a", "v");
    engine.invalidate(clock.now() + 2);
    engine.invalidate(0);
    assertEquals("v", driver.read("a"));
    clock.advanceSeconds(50);
    assertEquals("v", driver.read("a"));
  }

  @Test
  void aFlushThatHappenedStaysWhenAnotherIsOrdered() {
    driver.set("a", "v");
    engine.invalidate(clock.now() + 2);
    clock.advanceSeconds(2);
    engine.invalidate(clock.now() + 100);
    assertEquals("(flushed)", driver.read("a"));
  }

  @Test
  void hitsAreRecordedTwiceAndNoMore() {
    int stored = clock.now();
    driver.set("k", "v");
    clock.advanceSeconds(1);
    driver.read("k");
    assertFalse(driver.header.has(ItemHeader.FETCHED));
    driver.read("k");
    assertTrue(driver.header.has(ItemHeader.FETCHED));
    assertEquals(stored, driver.header.lastAccess);
    clock.advanceSeconds(1);
    driver.read("k");
    assertEquals(stored + 1, driver.header.lastAccess);
    driver.read("k");
    assertEquals(stored + 1, driver.header.lastAccess);
  }

  @Test
  void everyWriteThatLeavesAnItemRenewsIt() {
    int stored = clock.now();
    driver.set("k", "v");
    for (int reads = 0; reads < 3; reads++) {
      clock.advanceSeconds(1);
      try (Entry entry = driver.open("k")) {
        entry.renew();
        assertEquals(clock.now(), entry.item().lastAccess);
        assertEquals(reads > 0, entry.item().has(ItemHeader.FETCHED));
      }
      driver.read("k");
      assertEquals(clock.now(), driver.header.lastAccess);
    }
    assertEquals(stored + 3, clock.now());
  }

  @Test
  void aReadWithoutBumpLeavesNoTrace() {
    driver.set("k", "v");
    driver.readBytes("k", false);
    driver.readBytes("k", false);
    assertFalse(driver.header.has(ItemHeader.FETCHED));
  }

  @Test
  void theKeysOfReadsToComeMayBeToldAndNothingChanges() {
    Key[] keys = new Key[Session.KEYS_AHEAD_MAX];
    for (int i = 0; i < keys.length; i++) {
      MemorySegment name = bytes("k" + i);
      keys[i] = new Key().at(name, 0, (int) name.byteSize());
      if (i % 2 == 0) {
        driver.set("k" + i, "v" + i);
      }
    }
    for (int twice = 0; twice < 2; twice++) {
      driver.session.turnBegins();
      driver.session.willRead(keys, keys.length);
      driver.session.turnEnds();
    }
    for (int i = 0; i < keys.length; i++) {
      assertEquals(i % 2 == 0 ? "v" + i : "(miss)", driver.read("k" + i));
      assertFalse(driver.header.has(ItemHeader.FETCHED));
    }
  }

  @Test
  void marksAreSetAndCleared() {
    Draft draft = driver.session.newDraft();
    driver.fill(draft, "k", 0, 0, new byte[] {'v'}, 1);
    draft.marks(ItemHeader.BINARY_KEY);
    try (Entry entry = driver.open("k")) {
      entry.put(draft, 0);
      entry.marks(ItemHeader.STALE | ItemHeader.WON, 0);
      entry.marks(0, ItemHeader.WON);
      assertTrue(entry.item().has(ItemHeader.STALE));
    }
    driver.read("k");
    assertEquals(ItemHeader.BINARY_KEY | ItemHeader.STALE, driver.header.marks);
  }

  @Test
  void aPinnedValueOutlivesItsItem() {
    byte[] value = pattern(1, 3000);
    driver.set("k", 0, 0, value);
    Pin pin = driver.session.newPin();
    try (Entry entry = driver.open("k")) {
      assertTrue(entry.pin(pin));
      // May be refused or not: what is pinned stays as it was.
      entry.overwrite(MemorySegment.ofArray(pattern(9, value.length)), 0, value.length, 0);
      entry.remove();
    }
    for (int i = 0; i < 100; i++) {
      driver.set("k" + i, 0, 0, pattern(2, 3000));
    }
    byte[] seen = new byte[value.length];
    assertEquals(value.length, pin.valueBytes());
    pin.copy(0, MemorySegment.ofArray(seen), 0, 1000);
    pin.copy(1000, MemorySegment.ofArray(seen), 1000, 2000);
    requireSame(value, seen);
    pin.release();
    assertFalse(pin.inUse());
  }

  @Test
  void pinsOfAnItemAreBounded() {
    driver.set("k", "v");
    var pins = new ArrayList<Pin>();
    try (Entry entry = driver.open("k")) {
      Pin pin = driver.session.newPin();
      while (entry.pin(pin)) {
        pins.add(pin);
        assertTrue(pins.size() < 100_000);
        pin = driver.session.newPin();
      }
    }
    assertTrue(pins.size() > 100);
    pins.forEach(Pin::release);
    assertEquals(8, driver.set("k", "8") ? driver.increment("k", 0) : -1);
  }

  @Test
  void aDiscardedDraftWasNeverThere() {
    Draft draft = driver.session.newDraft();
    assertEquals(Reserve.RESERVED, driver.fill(draft, "k", 0, 0, pattern(1, 2_000_000), 999_999));
    assertEquals(0, draft.missingBytes());
    draft.discard();
    assertFalse(draft.inUse());
    assertEquals(Reserve.RESERVED, driver.session.reserve(draft, driver.key("k"), 0, 0, 1_500_000));
    draft.append(MemorySegment.ofArray(new byte[10]), 0, 10);
    assertEquals(1_499_990, draft.missingBytes());
    assertThrows(
        AssertionError.class,
        () -> draft.append(MemorySegment.ofArray(new byte[1_499_991]), 0, 1_499_991));
    draft.discard();
    assertEquals("(miss)", driver.read("k"));
    assertEquals(0, statistic("total_items"));
  }

  @Test
  void valuesOfEverySizeComeBack() {
    for (int size = 1; size < 4_000_000; size = size * 5 / 3 + 1) {
      byte[] value = pattern(size, size);
      assertEquals(Reserve.RESERVED, driver.set("k" + size, 1, 0, value));
      requireSame(value, driver.readBytes("k" + size, true));
    }
  }

  @Test
  void largeValuesAppendAndCopyInParts() {
    byte[] value = pattern(3, 1_000_001);
    driver.set("k", 0, 0, Arrays.copyOf(value, 600_000));
    assertTrue(driver.append("k", Arrays.copyOfRange(value, 600_000, 1_000_001)));
    requireSame(value, driver.readBytes("k", true));
    byte[] part = new byte[300_000];
    try (Entry entry = driver.open("k")) {
      entry.copyValue(400_000, MemorySegment.ofArray(part), 0, 300_000);
    }
    requireSame(Arrays.copyOfRange(value, 400_000, 700_000), part);
  }

  @Test
  void oneDraftIsCopiedIntoAnother() {
    Draft first = driver.session.newDraft();
    Draft second = driver.session.newDraft();
    driver.fill(first, "k", 0, 0, pattern(1, 700_000), 5000);
    driver.session.reserve(second, driver.key("k"), 0, 0, 700_001);
    assertTrue(second.append(bytes("<"), 0, 1));
    assertTrue(first.copyValueTo(second));
    first.discard();
    try (Entry entry = driver.open("k")) {
      entry.put(second, 0);
    }
    byte[] seen = driver.readBytes("k", true);
    assertNotNull(seen);
    requireSame(pattern(1, 700_000), Arrays.copyOfRange(seen, 1, 700_001));
  }

  @Test
  void theItemSizeLimitIsExact() {
    int most = (4 << 20) - (48 + 8 + 3 + 1 + 2);
    assertEquals(Reserve.RESERVED, driver.set("key", 0, 0, new byte[most]));
    assertEquals(Reserve.TOO_LARGE, driver.set("key", 0, 0, new byte[most + 1]));
    assertEquals(Reserve.TOO_LARGE, driver.set("key", 1, 0, new byte[most]));
    Draft draft = driver.session.newDraft();
    Reserve huge = driver.session.reserve(draft, driver.key("k"), 0, 0, Integer.MAX_VALUE);
    assertEquals(Reserve.TOO_LARGE, huge);
    assertFalse(draft.inUse());
  }

  @Test
  void anOpenEntrysItemIsNotEvicted() {
    reopen(options(2 * MEBIBYTE, true, true));
    driver.set("kept", 0, 0, pattern(5, 700));
    Draft draft = driver.session.newDraft();
    try (Entry entry = driver.open("kept")) {
      for (int i = 0; i < 5000; i++) {
        assertEquals(Reserve.RESERVED, driver.fill(draft, "d" + i, 0, 0, pattern(i, 700), 700));
        draft.discard();
      }
      byte[] seen = new byte[700];
      entry.copyValue(0, MemorySegment.ofArray(seen), 0, 700);
      requireSame(pattern(5, 700), seen);
    }
  }

  @Test
  void resetClearsCountersAndKeepsGauges() {
    driver.set("k", "v");
    engine.resetStatistics();
    assertEquals(0, statistic("total_items"));
    assertEquals(1, statistic("curr_items"));
    driver.set("j", "v");
    assertEquals(1, statistic("total_items"));
  }
}
