package io.scrubjay.engine;

/// What became of asking for a dump.
public sealed interface DumpStart {

  record Begun(ItemCursor cursor) implements DumpStart {}

  /// `why` is never [CrawlStart#STARTED].
  record Refused(CrawlStart why) implements DumpStart {}
}
