package io.scrubjay.conformance.client;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Every client in every protocol that it is tried in: the one place to add another.
enum Clients {
  XMEMCACHED_TEXT("xmemcached", Wire.TEXT),
  XMEMCACHED_BINARY("xmemcached", Wire.BINARY),
  SPYMEMCACHED_TEXT("spymemcached", Wire.TEXT),
  SPYMEMCACHED_BINARY("spymemcached", Wire.BINARY),
  ELASTICACHE_TEXT("elasticache-java-cluster-client", Wire.TEXT),
  ELASTICACHE_BINARY("elasticache-java-cluster-client", Wire.BINARY),
  FOLSOM_TEXT("folsom", Wire.TEXT),
  FOLSOM_BINARY("folsom", Wire.BINARY);

  private final String library;
  private final Wire wire;

  Clients(String library, Wire wire) {
    this.library = library;
    this.wire = wire;
  }

  static List<Clients> all() {
    return List.of(values());
  }

  String library() {
    return library;
  }

  String protocol() {
    return wire.name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return library + ", " + protocol();
  }

  CacheClient connect(int port) throws Exception {
    return switch (this) {
      case XMEMCACHED_TEXT, XMEMCACHED_BINARY -> new XmemcachedClient(port, wire);
      // a get-and-touch in text is only in the fork
      case SPYMEMCACHED_TEXT -> new SpymemcachedClient(port, wire, Set.of(Operation.GET_AND_TOUCH));
      case SPYMEMCACHED_BINARY -> new SpymemcachedClient(port, wire, Set.of());
      case ELASTICACHE_TEXT, ELASTICACHE_BINARY ->
          ForkedLibrary.ELASTICACHE.connect(port, wire, Set.of());
      case FOLSOM_TEXT, FOLSOM_BINARY -> new FolsomClient(port, wire);
    };
  }
}
