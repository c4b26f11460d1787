package io.scrubjay.conformance.subject;

import java.util.List;

/// Which folders of transcripts each server is held to: the one place to add a folder when the
/// server learns a section.
final class TranscriptFolders {
  static final List<String> SCRUBJAY = List.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.8");

  static final List<String> MEMCACHED = List.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.8", "3");

  private TranscriptFolders() {}
}
