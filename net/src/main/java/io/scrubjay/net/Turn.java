package io.scrubjay.net;

/// What happens around the tasks and handlers of one loop turn. The wait for readiness lies between
/// turns, never inside one.
public interface Turn {
  /// Before the first task and handler of the turn.
  void begins();

  /// After the last task and handler: work left over, replies out. Returns true when work is left
  /// that must not wait for readiness (the next poll then doesn't block).
  boolean ends();
}
