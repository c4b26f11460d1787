package io.scrubjay.server.watch;

/// What a client can watch, in the order in which memcached matches the words. Source: spec 2.7.
public enum WatchStream {
  FETCHERS,
  MUTATIONS,
  EVICTIONS,
  CONNEVENTS,
  SYSEVENTS,
  /// Accepted; nothing is ever written to it, nor to the proxy's.
  RAWCMDS,
  DELETIONS,
  PROXYREQS,
  PROXYEVENTS,
  PROXYUSER;

  /// On the wire.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  int bit() {
    return 1 << ordinal();
  }
}
