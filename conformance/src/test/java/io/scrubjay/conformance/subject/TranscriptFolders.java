package io.scrubjay.conformance.subject;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/// Which folders of transcripts each server is held to: the one place to add a folder when the
/// server learns a section.
final class TranscriptFolders {
  static final List<String> SCRUBJAY =
      List.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.8", "3", "4");

  /// Kept out by name, and held to failing: one that starts to pass must leave this list.
  static final Map<String, String> SCRUBJAY_AWAITED = Map.of();

  /// The engine that keeps items on disk has nothing of what section 2.6 turns.
  static final List<String> PERSISTENT =
      List.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.8", "3", "4");

  static final Map<String, String> PERSISTENT_AWAITED =
      Map.ofEntries(
          entry("2.2/T-23-no-memory-without-evictions", "a store that is as large as -m"),
          entry("2.5/cache-memlimit", "a store that is as large as -m"),
          entry("2.5/cache-memlimit-arguments", "a store that is as large as -m"),
          entry("2.8/cachedump-of-a-class", "slab classes"),
          entry("2.8/general-exactly", "figures of slabs and LRU"),
          entry("2.8/general-in-order", "figures of slabs and LRU"),
          entry("2.8/items-of-a-class", "slab classes"),
          entry("2.8/settings-exactly", "settings of slabs and LRU"),
          entry("2.8/settings-in-order", "settings of slabs and LRU"),
          entry("2.8/settings-of-options", "settings of slabs and LRU"),
          entry("2.8/slabs-of-a-class", "slab classes"),
          entry("2.8/words-match-by-their-beginning", "settings of slabs and LRU"),
          entry("3/me", "slab classes"));

  static final List<String> MEMCACHED =
      List.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.8", "3", "4");

  private TranscriptFolders() {}
}
