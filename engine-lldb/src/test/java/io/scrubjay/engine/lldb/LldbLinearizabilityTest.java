package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Engine;
import io.scrubjay.testkit.FakeClock;
import io.scrubjay.testkit.LinearizabilityContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// While what was written goes to table files, is compacted, and what has died is swept.
class LldbLinearizabilityTest extends LinearizabilityContract {
  private static final int ROUNDS_PER_COMPACTION = 200;

  @TempDir private Path data;
  private int round;
  private int compactions;

  @Override
  protected Engine open() {
    return Stores.open(data, Stores.options(Map.of("sync", "os")), new FakeClock());
  }

  @Override
  protected void disturb(Engine engine) {
    if (round++ % ROUNDS_PER_COMPACTION == 0) {
      var _ = engine.ordered().orElseThrow().chore(List.of("compact")).thenRun(() -> compactions++);
    }
    ((LldbEngine) engine).housekeeping().sweep();
  }

  /// Chores are done one after the other, so all before this one have been.
  @Override
  protected void check(Engine engine) {
    engine.ordered().orElseThrow().chore(List.of("compact")).join();
    assertTrue(compactions > 0, "nothing was compacted");
    Stores.check((LldbEngine) engine);
  }
}
