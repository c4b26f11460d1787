package io.scrubjay.engine;

/// What became of asking for a crawl or a dump.
public enum CrawlStart {
  STARTED,
  /// Another crawl or dump is under way.
  BUSY,
  DISABLED,
  /// No class was named.
  NOTHING,
  /// The engine has nothing of the kind.
  UNKNOWN
}
