package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.testkit.EngineDriver;
import io.scrubjay.testkit.FakeClock;
import io.scrubjay.testkit.LinearizabilityContract;
import java.util.Map;

/// While pages move.
class LinearizabilityTest extends LinearizabilityContract {
  @Override
  protected Engine open() {
    var options =
        new EngineOptions(8 << 20, 1 << 20, true, true, THREADS, Map.of("slab_sizes", "200"));
    var engine = new SlabEngine(options, new FakeClock(), EngineEvents.NONE);
    fillPages(engine);
    return engine;
  }

  /// Pages to move, with items in them.
  private static void fillPages(SlabEngine engine) {
    try (var driver = new EngineDriver(engine)) {
      for (int i = 0; i < 12_000; i++) {
        assertTrue(driver.set("filler" + i, "x".repeat(100)));
      }
    }
  }

  @Override
  protected void disturb(Engine engine) {
    engine.slabs().orElseThrow().reassign(1, SlabControl.POOL);
  }

  @Override
  protected void check(Engine engine) {
    assertTrue(new Figures((SlabEngine) engine).of("slabs_moved") > 0, "no page moved");
  }
}
