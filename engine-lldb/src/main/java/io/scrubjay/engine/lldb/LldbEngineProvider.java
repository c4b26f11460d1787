package io.scrubjay.engine.lldb;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.EngineProvider;
import java.util.List;
import java.util.Set;

/// Registers the persistent engine as `lldb`.
public final class LldbEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return "lldb";
  }

  @Override
  public Set<String> databases(EngineOptions options) {
    return LldbSettings.of(options).databaseNames();
  }

  @Override
  public Engine open(EngineOptions options, CacheClock clock, EngineEvents events) {
    LldbSettings settings = LldbSettings.of(options);
    return LldbEngine.open(options, settings, clock, Upkeep.ON_ITS_OWN);
  }

  @Override
  public List<String> tool(List<String> words) {
    return Tool.run(words);
  }
}
