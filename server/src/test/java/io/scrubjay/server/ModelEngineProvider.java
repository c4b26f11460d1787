package io.scrubjay.server;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.EngineProvider;
import io.scrubjay.testkit.ModelEngine;
import java.util.Random;
import java.util.Set;

/// Lets a server under test run on the [ModelEngine], as the engine `model`.
///
/// Its settings: `pending_share` (0 to 1, default 0) of lookups that are answered later, picked by
/// `seed` (default 0). "Later" is as soon as the worker's loop comes round. `databases` are names
/// with colons between them (default `default`).
public final class ModelEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return "model";
  }

  @Override
  public Set<String> databases(EngineOptions options) {
    return Set.of(options.settings().getOrDefault("databases", "default").split(":"));
  }

  @Override
  public Engine open(EngineOptions options, CacheClock clock, EngineEvents events) {
    double share = Double.parseDouble(options.settings().getOrDefault("pending_share", "0"));
    long seed = Long.parseLong(options.settings().getOrDefault("seed", "0"));
    return new ModelEngine(options, clock, events, new Random(seed), share, Runnable::run);
  }
}
