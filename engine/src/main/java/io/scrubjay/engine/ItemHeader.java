package io.scrubjay.engine;

/// What is known of an item beside its key and value: a reusable cursor that an engine fills and a
/// caller reads during one call.
///
/// Shape: public fields, since a record per request would be an allocation per request (house.md,
/// "one thread carries a request ... nothing is allocated"). Threads: confined to the session that
/// owns it. Units: `deadline` and `lastAccess` in server seconds ([CacheClock]); `totalBytes` is
/// the item's size as memcached accounts for it (spec M-01).
public final class ItemHeader {
  /// The item is still served, but a client marked it out of date (`md I`, `ms I`).
  public static final int STALE = 1;

  /// One client has been told to recache; others are told so.
  public static final int WON = 1 << 1;

  /// The key came in base64 and is echoed so.
  public static final int BINARY_KEY = 1 << 2;

  /// Read at least once since it was stored.
  public static final int FETCHED = 1 << 3;

  public int clientFlags;
  public int valueBytes;
  public long cas;
  public int deadline;
  public int lastAccess;
  public int marks;
  public int slabClass;
  public int totalBytes;

  public boolean has(int mark) {
    return (marks & mark) != 0;
  }
}
