package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SlabGeometryTest {
  /// Spec M-02, from a running memcached.
  private static final int[] MEMCACHEDS = {
    96, 120, 152, 192, 240, 304, 384, 480, 600, 752, 944, 1184, 1480, 1856, 2320, 2904, 3632, 4544,
    5680, 7104, 8880, 11104, 13880, 17352, 21696, 27120, 33904, 42384, 52984, 66232, 82792, 103496,
    129376, 161720, 202152, 252696, 315872, 394840, 524288
  };

  private final SlabGeometry defaults = geometry(Map.of(), true);

  private static SlabGeometry geometry(Map<String, String> settings, boolean casEnabled) {
    return new SlabGeometry(SlabSettings.of(settings).geometry(), casEnabled);
  }

  @Test
  void theDefaultClassesAreMemcacheds() {
    assertEquals(MEMCACHEDS.length, defaults.largest());
    for (int i = 0; i < MEMCACHEDS.length; i++) {
      assertEquals(MEMCACHEDS[i], defaults.chunkBytes(i + 1));
    }
  }

  @Test
  void aSizeGoesToTheFirstClassThatHoldsIt() {
    for (int i = 1; i < MEMCACHEDS.length; i++) {
      assertEquals(i, defaults.classOf(MEMCACHEDS[i - 1]));
      assertEquals(i + 1, defaults.classOf(MEMCACHEDS[i - 1] + 1));
    }
    assertEquals(39, defaults.classOf(1 << 20));
    assertEquals(31, defaults.classOf(defaults.totalBytes(3, 0, 66_560)));
    assertEquals(25, defaults.classOf(defaults.totalBytes(3, 0, 20_000)));
  }

  @Test
  void anItemCountsWhatMemcachedCounts() {
    assertEquals(61, defaults.totalBytes(1, 0, 1));
    assertEquals(65, defaults.totalBytes(1, 9, 1));
    assertEquals(1 << 20, defaults.totalBytes(3, 0, 1_048_514));
    var withoutCas = geometry(Map.of(), false);
    assertEquals(53, withoutCas.totalBytes(1, 0, 1));
  }

  @Test
  void thereAreAtMostSixtyThreeClasses() {
    var fine = geometry(Map.of("growth_factor", "1.01"), true);
    assertEquals(63, fine.largest());
    assertEquals(524_288, fine.chunkBytes(63));
  }

  /// From a running memcached's `-vv`, as the figures below.
  @Test
  void sizesMayBeGivenOneByOne() {
    var given = geometry(Map.of("slab_sizes", "100-200-1000"), true);
    assertEquals(4, given.largest());
    assertEquals(104, given.chunkBytes(1));
    assertEquals(200, given.chunkBytes(2));
    assertEquals(1000, given.chunkBytes(3));
    assertEquals(524_288, given.chunkBytes(4));
  }

  @Test
  void withoutChunkedItemsTheLargestChunkIsAPage() {
    var whole = geometry(Map.of("slab_chunk_max", "1048576"), true);
    assertEquals(42, whole.largest());
    assertEquals(1 << 20, whole.chunkBytesMax());
    assertEquals(771_184, whole.chunkBytes(41));
  }

  @Test
  void badSettingsAreNamed() {
    for (var bad :
        Map.of(
                "growth_factor", "1",
                "chunk_size", "0",
                "slab_chunk_max", "2000000",
                "slab_sizes", "96-100",
                "hash_algorithm", "md5",
                "slab_automove", "3",
                "slab_reassign", "on",
                "hashpower_init", "x")
            .entrySet()) {
      var settings = Map.of(bad.getKey(), bad.getValue());
      var refused = assertThrows(IllegalArgumentException.class, () -> SlabSettings.of(settings));
      assertEquals(0, String.valueOf(refused.getMessage()).indexOf(bad.getKey() + " = "));
    }
  }
}
