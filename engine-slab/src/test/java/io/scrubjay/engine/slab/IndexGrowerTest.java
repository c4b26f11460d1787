package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.engine.EngineEvents;
import org.junit.jupiter.api.Test;

class IndexGrowerTest {
  private static final long PAUSE = IndexGrower.PAUSE_NANOS;

  @Test
  void fullBucketsDoNotKeepItBusyInAnIndexThatNeedNotGrow() {
    try (var bare = new BareStore()) {
      var grower = new IndexGrower(bare.store, EngineEvents.NONE);
      long now = Long.MIN_VALUE + 7;
      assertEquals(Long.MAX_VALUE, grower.turn(now));
      grower.consider();
      assertEquals(PAUSE, grower.turn(now));
      // Woken in the middle of its rest, it rests on and doesn't forget.
      grower.consider();
      assertEquals(PAUSE / 4, grower.turn(now + PAUSE * 3 / 4));
      assertEquals(PAUSE, grower.turn(now + PAUSE));
      assertEquals(Long.MAX_VALUE, grower.turn(now + 2 * PAUSE));
      grower.consider();
      assertEquals(PAUSE, grower.turn(now + 2 * PAUSE + 1));
    }
  }
}
