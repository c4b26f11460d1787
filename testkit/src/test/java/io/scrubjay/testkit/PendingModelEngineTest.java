package io.scrubjay.testkit;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import java.util.SplittableRandom;

/// The contract holds for whoever is patient.
class PendingModelEngineTest extends BoundedEngineContract {
  private static final long SEED = 11;
  private static final double PENDING_SHARE = 0.3;

  @Override
  protected Engine open(EngineOptions options, CacheClock time, EngineEvents events) {
    var random = new SplittableRandom(SEED);
    return new ModelEngine(options, time, events, random, PENDING_SHARE, Runnable::run);
  }

  @Override
  protected void check(Engine quiescent) {}
}
