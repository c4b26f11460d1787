package io.scrubjay.engine.lldb;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.testkit.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LldbEngineTest extends EngineContract {
  @TempDir private Path folder;
  private int opened;

  @Override
  protected Engine open(EngineOptions options, CacheClock time, EngineEvents events) {
    return Stores.open(Stores.fresh(folder, "data" + opened++), options, time);
  }

  @Override
  protected void check(Engine quiescent) {
    Stores.check((LldbEngine) quiescent);
  }
}
