package io.scrubjay.conformance.subject;

import java.util.List;
import java.util.Map;

/// Which folders of transcripts each server is held to: the one place to add a folder when the
/// server learns a section.
final class TranscriptFolders {
  static final List<String> SCRUBJAY = List.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.8", "3", "4");

  /// Kept out by name, and held to failing: one that starts to pass must leave this list.
  static final Map<String, String> SCRUBJAY_AWAITED = Map.of();

  /// The same for the engine that keeps items on disk.
  static final Map<String, String> PERSISTENT_AWAITED =
      Map.of(
          "2.2/T-23-no-memory-without-evictions", "a store that is as large as -m",
          "2.5/cache-memlimit", "a store that is as large as -m",
          "2.8/general-exactly", "figures of slabs and LRU",
          "2.8/general-in-order", "figures of slabs and LRU",
          "2.8/settings-exactly", "settings of slabs and LRU",
          "2.8/settings-in-order", "settings of slabs and LRU",
          "2.8/settings-of-options", "settings of slabs and LRU",
          "2.8/words-match-by-their-beginning", "settings of slabs and LRU",
          "3/me", "slab classes");

  static final List<String> MEMCACHED = List.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.8", "3", "4");

  private TranscriptFolders() {}
}
