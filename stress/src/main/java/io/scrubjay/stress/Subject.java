package io.scrubjay.stress;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.EngineProvider;
import io.scrubjay.engine.SlabControl;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/// The RAM engine as the tests use it: items whose flags and whose every byte of value are one
/// letter, so that a mixture of two shows itself.
///
/// Threads: any; each has a [Hand] of its own.
final class Subject implements AutoCloseable {
  static final int OLD = 1;
  static final int NEW = 2;
  static final int OTHER = 3;

  /// In place of [#OLD], whose flags it keeps; a read is told it as [#NEW].
  static final int REWRITTEN = 4;

  /// What a read is told as, besides the letters.
  static final int MISS = 0;

  static final int MIXTURE = -1;

  private static final int ITEM_BYTES_MAX = 1 << 20;

  private record StillClock(int now, long processStarted) implements CacheClock {}

  private final Engine engine;
  private final ThreadLocal<Hand> hands;

  /// Smaller than `chunkMaxBytes`, a value lies in one piece.
  Subject(int memoryMib, int chunkMaxBytes, int valueBytes) {
    Map<String, String> settings = new HashMap<>();
    settings.put("slab_automove", "0");
    settings.put("hashpower_init", "12");
    settings.put("slab_chunk_max", Integer.toString(chunkMaxBytes));
    var options =
        new EngineOptions((long) memoryMib << 20, ITEM_BYTES_MAX, true, true, 1, settings);
    this.engine = provider().open(options, new StillClock(100, 1_000_000), EngineEvents.NONE);
    this.hands = ThreadLocal.withInitial(() -> new Hand(engine.openSession(() -> {}), valueBytes));
  }

  private static EngineProvider provider() {
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.name().equals("slab")) {
        return provider;
      }
    }
    throw new AssertionError("no engine called slab");
  }

  Hand hand() {
    return hands.get();
  }

  SlabControl slabs() {
    return engine.slabs().orElseThrow();
  }

  /// While nobody reads or stores.
  @Override
  public void close() {
    engine.close();
  }
}
