package io.scrubjay.engine;

/// What became of asking for a page to change its slab class.
public enum Reassign {
  STARTED,
  /// Another page is on its way.
  BUSY,
  /// No such class; or none that could give one, when any was asked for.
  BAD_CLASS,
  /// The source has fewer than two pages.
  NO_SPARE,
  /// Source and target are the same.
  SAME
}
