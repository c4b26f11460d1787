package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `-M`: what a failed allocation leaves in `stats items`. The figures are those of memcached
/// 1.6.18.
class OutOfMemoryTest {
  private static final int FAILURES = 4;
  private static final int LARGEST_CLASS = 39;

  private final Map<String, String> figures = new HashMap<>();

  private void failFourTimes(int valueBytes, Map<String, String> settings) {
    var options = new EngineOptions(8 << 20, 4 << 20, false, true, 1, settings);
    try (var engine = new SlabEngine(options, new FakeClock(), EngineEvents.NONE, false);
        var driver = new EngineDriver(engine)) {
      byte[] value = new byte[valueBytes];
      int stored = 0;
      while (driver.set("k" + stored, 0, 0, value) == Reserve.RESERVED) {
        stored++;
      }
      for (int i = 1; i < FAILURES; i++) {
        assertEquals(Reserve.OUT_OF_MEMORY, driver.set("k" + (stored + i), 0, 0, value));
      }
      engine.statistics(StatisticsGroup.ITEMS, figures::put);
    }
  }

  private void require(int slabClass, int outOfMemory, int reclaims) {
    String prefix = "items:" + slabClass + ":";
    assertEquals(Integer.toString(outOfMemory), figures.get(prefix + "outofmemory"));
    assertEquals(Integer.toString(reclaims), figures.get(prefix + "direct_reclaims"));
    assertFalse(figures.containsKey("items:" + (slabClass + 1) + ":number"));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 400_000})
  void eachFailureIsCountedAndTenReclaims(int valueBytes) {
    failFourTimes(valueBytes, Map.of());
    int slabClass = valueBytes == 100 ? 4 : LARGEST_CLASS;
    require(slabClass, FAILURES, 10 * FAILURES);
  }

  /// There was memory for the item, but none for the next piece.
  @Test
  void aLargeValueThatMemoryRunsOutForIsNoFailureOfItsItem() {
    failFourTimes(700_000, Map.of());
    require(LARGEST_CLASS, 0, 10 * FAILURES);
  }

  @Test
  void aFlatLruReclaimsNothing() {
    failFourTimes(100, Map.of("lru_segmented", "no"));
    require(4, FAILURES, 0);
  }
}
