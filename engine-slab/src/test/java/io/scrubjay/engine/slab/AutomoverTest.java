package io.scrubjay.engine.slab;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.engine.SlabControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Mode 2: when it asks, and for whom.
class AutomoverTest {
  private static final long TENTH = MILLISECONDS.toNanos(100);

  private final List<Integer> targets = new ArrayList<>();

  private boolean ask(int source, int target) {
    assertEquals(SlabControl.ANY_CLASS, source);
    return targets.add(target);
  }

  private static void evict(BareStore bare, int... classes) {
    for (int slabClass : classes) {
      bare.store.lists.list(slabClass, LruSegment.COLD).count(LruList.Count.EVICTED);
    }
  }

  @Test
  void classesThatEvictAreServedInTurnTenTimesASecond() {
    try (var bare = new BareStore()) {
      MoverSettings settings = SlabSettings.of(Map.of("slab_automove", "2")).mover();
      var automover = new Automover(bare.store, settings);
      int largest = bare.store.geometry.largest();
      for (int tenth = 0; tenth < 4; tenth++) {
        evict(bare, 2, 5, largest);
        assertEquals(TENTH, automover.tick(tenth * TENTH, this::ask));
        // A move that is over at once doesn't make it look at once: its own evictions would ask on.
        evict(bare, 2, 5, largest);
        assertEquals(TENTH - 1, automover.tick(tenth * TENTH + 1, this::ask));
      }
      assertEquals(List.of(2, 5, largest, 2), targets);
    }
  }
}
