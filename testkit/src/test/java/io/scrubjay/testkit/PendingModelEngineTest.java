package io.scrubjay.testkit;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineOptions;
import java.util.SplittableRandom;

/// The contract holds for whoever is patient.
class PendingModelEngineTest extends EngineContract {
  private static final long SEED = 11;
  private static final double PENDING_SHARE = 0.3;

  @Override
  protected Engine open(EngineOptions options, CacheClock time) {
    var random = new SplittableRandom(SEED);
    return new ModelEngine(options, time, random, PENDING_SHARE, Runnable::run);
  }

  @Override
  protected void check(Engine quiescent) {}
}
