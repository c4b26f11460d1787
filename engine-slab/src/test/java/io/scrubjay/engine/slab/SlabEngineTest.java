package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.testkit.BoundedEngineContract;

class SlabEngineTest extends BoundedEngineContract {
  @Override
  protected Engine open(EngineOptions options, CacheClock time, EngineEvents events) {
    // Nothing is reaped behind a test's back.
    return new SlabEngine(options, time, events, false);
  }

  @Override
  protected void check(Engine quiescent) {
    ((SlabEngine) quiescent).validate(0);
  }
}
