package io.scrubjay.protocol.meta;

/// The facts of one item that a meta reply may tell: a reusable cursor that the caller fills before
/// encoding. Only what the request's flags ask for needs filling in.
///
/// Threads: confined.
public final class MetaItem {
  /// Of [#ttlSeconds]: the item never expires.
  public static final long NO_DEADLINE = Long.MIN_VALUE;

  public int clientFlags;
  public int valueBytes;

  /// 64 bits, unsigned.
  public long cas;

  /// What remains before this request touched the item; negative when the deadline has passed.
  public long ttlSeconds = NO_DEADLINE;

  /// What remains once the request's `T` was read; the same without one.
  public long touchedTtlSeconds = NO_DEADLINE;

  /// What remains once the request's `N` was read, of an item that it created; else the same.
  public long vivifiedTtlSeconds = NO_DEADLINE;

  /// The item did not exist before this request.
  public boolean created;

  /// Read before this request.
  public boolean fetched;

  /// Since the last access before this request.
  public int idleSeconds;

  /// The key is echoed in base64.
  public boolean binaryKey;

  /// Another client was told to recache (marker `Z`).
  public boolean alreadyWon;

  /// Marked out of date (marker `X`).
  public boolean stale;

  /// This client is told to recache (marker `W`).
  public boolean wins;

  /// For `me`.
  public int slabClass;

  /// For `me`: the item's accounted size.
  public int totalBytes;

  /// What remains when the request neither touches nor creates the item.
  public void ttl(long seconds) {
    ttlSeconds = seconds;
    touchedTtlSeconds = seconds;
    vivifiedTtlSeconds = seconds;
    created = false;
  }
}
