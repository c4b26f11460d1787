package io.scrubjay.engine;

/// A walk over all items of an engine or a part of them, at the pace of whoever pulls. Items that
/// are there all the time are shown once each; those that come, go or move meanwhile may be missed.
///
/// Threads: confined to whoever asked for it. Owner: the same, who closes it; until then the engine
/// refuses other dumps and crawls ([CrawlStart#BUSY]).
public interface ItemCursor extends AutoCloseable {
  enum Step {
    SHOWN,
    /// Nothing to show at this place; ask again.
    PASSED_OVER,
    END,
    /// The walk can't go on because what it walks over is being rebuilt.
    LOCKED
  }

  /// Shows the next item, if it is alive.
  Step next(ItemVisitor visitor);

  /// Does nothing the second time.
  @Override
  void close();
}
