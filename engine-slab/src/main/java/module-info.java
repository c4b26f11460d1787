/// The RAM engine: memcached's slab geometry, a hash index read without locks, LRU eviction. Found
/// by `ServiceLoader` under the name `slab`; nothing outside may name its types.
module io.scrubjay.engine.slab {
  requires io.scrubjay.engine;
  requires static org.jspecify;

  provides io.scrubjay.engine.EngineProvider with
      io.scrubjay.engine.slab.SlabEngineProvider;
}
