package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrubjay.engine.EngineOptions;
import io.scrubjay.testkit.FakeClock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
  @TempDir private Path data;
  private final FakeClock clock = new FakeClock();

  /// A session left over would keep the tree open, and its directory locked, for ever.
  @Test
  @SuppressWarnings("NullAway") // a database that fails once everything else is there
  void whatFailsHalfMadeKeepsNothingOpen() {
    EngineOptions options = Stores.options(Map.of("data_dir", data.toString()));
    Store store = new Store(options, LldbSettings.of(options), clock, Upkeep.BY_HAND);
    store.databases.put("broken", null);
    assertThrows(NullPointerException.class, () -> new Housekeeping(store, Upkeep.BY_HAND));
    store.databases.remove("broken");
    store.close();
    Stores.open(data, Stores.options(Map.of()), clock).close();
  }
}
