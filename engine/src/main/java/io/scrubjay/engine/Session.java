package io.scrubjay.engine;

/// One worker's way into an [Engine].
///
/// Threads: confined to the worker that opened it. Every object it hands out (entries, headers,
/// drafts, pins) is confined too. Allocation: none per call on the steady path; drafts and pins are
/// made by [#newDraft] and [#newPin] and used again and again.
///
/// An engine that answers from memory never returns [Lookup#PENDING]. One that must fetch first
/// does, holds nothing while it fetches, and runs the session's waiter on the loop; the caller then
/// repeats the very same call.
public interface Session extends AutoCloseable {
  /// No more keys than this are told of at once by [#willRead].
  int KEYS_AHEAD_MAX = 16;

  /// A loop turn begins: the worker is about to make calls.
  void turnBegins();

  /// The turn's calls are made and its replies are about to leave: the place to publish an epoch or
  /// to commit the turn's writes as one group.
  void turnEnds();

  /// Looks `key` up without excluding anyone. On [Lookup#HIT] `reader` has been lent the item;
  /// everything it was lent is consistent. A hit counts as an access of the item when `bump` is
  /// true; what is recorded then is the state after the lending, so the reader sees the state
  /// before.
  Lookup read(Key key, boolean bump, ItemReader reader);

  /// The keys `keys[0..count)` will be read next, in this order: an engine may bring what they lead
  /// to nearer, for all of them at once rather than for one after the other. A hint: it changes
  /// nothing, and no read needs it.
  default void willRead(Key[] keys, int count) {}

  /// Makes `key` this session's alone until [Entry#close]. At most one entry is open per session,
  /// for the length of a call chain, never across loop turns. An expired or invalidated item is
  /// removed first and reported as [Lookup#EXPIRED] or [Lookup#FLUSHED] by [Entry#lookup].
  Entry open(Key key);

  /// The same, for a caller that needs no more of the present item than [Entry#item]: it may put,
  /// remove, bump, renew, and change what it has put; all else is an `AssertionError`. An engine
  /// that has headers nearer at hand than items needn't fetch those.
  default Entry openHeader(Key key) {
    return open(key);
  }

  /// Takes memory for an item that nobody can see yet. On [Reserve#RESERVED] `draft` is in use
  /// until [Entry#put] or [Draft#discard]. May be called while an entry is open.
  Reserve reserve(Draft draft, Key key, int clientFlags, int deadline, int valueBytes);

  /// Counts one event against the storage partition (slab class) of the item that this session
  /// read, opened or reserved last.
  void tally(Tally event);

  Draft newDraft();

  Pin newPin();

  @Override
  void close();
}
