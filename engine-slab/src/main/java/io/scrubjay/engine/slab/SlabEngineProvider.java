package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.EngineProvider;

/// Registers the RAM engine as `slab`.
public final class SlabEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return "slab";
  }

  @Override
  public Engine open(EngineOptions options, CacheClock clock, EngineEvents events) {
    return new SlabEngine(options, clock, events);
  }
}
