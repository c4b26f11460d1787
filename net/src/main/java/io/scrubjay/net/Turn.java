package io.scrubjay.net;

/// What happens around the handlers of one loop turn.
public interface Turn {
  /// Before the first handler of the turn.
  void begins();

  /// After the last handler: work left over, replies out. Returns true when work is left that must
  /// not wait for readiness (the next poll then doesn't block).
  boolean ends();
}
