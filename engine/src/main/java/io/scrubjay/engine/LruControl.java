package io.scrubjay.engine;

/// The knobs of an engine that keeps its items in LRU queues, and a look into the coldest of them.
/// Source: spec 2.6, 7.2. Threads: any.
public interface LruControl {
  int PERCENT_MAX = 80;

  /// How much HOT and WARM may hold, in percent of their class (together at most [#PERCENT_MAX]),
  /// and how long items may idle there, as multiples (more than 0) of the age of COLD's tail.
  void tune(int hotPercent, int warmPercent, double hotMaxFactor, double warmMaxFactor);

  /// False, with nothing changed, when nobody maintains the queues.
  boolean segmented(boolean wanted);

  /// Gives items that live this long or shorter a queue of their own; less than 0: none. False as
  /// for [#segmented].
  boolean temporaryTtl(int seconds);

  /// Shows items of the class's COLD queue, dead ones too, from the one used last on, until the
  /// visitor has enough.
  void showCold(int slabClass, ItemVisitor visitor);
}
