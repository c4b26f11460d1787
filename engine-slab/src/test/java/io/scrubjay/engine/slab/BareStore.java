package io.scrubjay.engine.slab;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// An empty store that no thread works on. Threads: confined.
final class BareStore implements AutoCloseable {
  private static final int MEMORY_BYTES_DEFAULT = 4 << 20;

  final ItemStore store;
  private final AddressSpace space;

  BareStore() {
    this(MEMORY_BYTES_DEFAULT);
  }

  BareStore(int memoryBytes) {
    var options = new EngineOptions(memoryBytes, 1 << 20, true, true, 1, Map.of());
    SlabSettings settings = SlabSettings.of(options.settings());
    var geometry = new SlabGeometry(settings.geometry(), true);
    space = AddressSpace.reserve(memoryBytes, geometry, settings.index());
    var memory = new ItemMemory(space.items.segment(), geometry, true);
    int power = settings.index().power();
    var index = new HashIndex(space.index.segment(), memory, power, space.powerMax);
    var pool = new PagePool(memoryBytes, space.items, false, 0);
    var freshness = new Freshness(new FakeClock());
    store =
        new ItemStore(
            options, settings.lru(), geometry, memory, index, pool, freshness, EngineEvents.NONE);
  }

  SlabSession session() {
    SlabSettings settings = SlabSettings.of(Map.of());
    var crawler = new Crawler(store, settings.lru(), EngineEvents.NONE, false);
    return new SlabSession(
        store,
        settings.index().algorithm(),
        new IndexGrower(store, EngineEvents.NONE),
        new LruMaintainer(store, crawler),
        new Turns(),
        new EngineTallies());
  }

  MemorySegment items() {
    return space.items.segment();
  }

  MemorySegment index() {
    return space.index.segment();
  }

  @Override
  public void close() {
    space.close();
  }
}
