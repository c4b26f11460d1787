package io.scrubjay.testkit;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;

class ModelEngineTest extends BoundedEngineContract {
  @Override
  protected Engine open(EngineOptions options, CacheClock time, EngineEvents events) {
    return new ModelEngine(options, time, events);
  }

  @Override
  protected void check(Engine quiescent) {}
}
