package io.scrubjay.conformance.client;

import java.util.List;

/// Every client in every protocol that it is tried in: the one place to add another.
enum Clients {
  XMEMCACHED_TEXT("xmemcached", Wire.TEXT),
  SPYMEMCACHED_TEXT("spymemcached", Wire.TEXT),
  FOLSOM_TEXT("folsom", Wire.TEXT);

  private final String library;
  private final Wire wire;

  Clients(String library, Wire wire) {
    this.library = library;
    this.wire = wire;
  }

  static List<Clients> all() {
    return List.of(values());
  }

  String title() {
    return library + ", " + wire.name().toLowerCase(java.util.Locale.ROOT);
  }

  CacheClient connect(int port) throws Exception {
    return switch (this) {
      case XMEMCACHED_TEXT -> new XmemcachedClient(port, wire);
      case SPYMEMCACHED_TEXT -> new SpymemcachedClient(port, wire);
      case FOLSOM_TEXT -> new FolsomClient(port, wire);
    };
  }
}
