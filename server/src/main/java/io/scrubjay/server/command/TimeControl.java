package io.scrubjay.server.command;

/// A clock whose server seconds may be put out of step, for tests of expiry (`debugtime`, spec
/// 2.5). Threads: any.
public interface TimeControl {
  void pause();

  /// Catches up with the time that has passed meanwhile.
  void resume();

  /// Moves the present second by this many, for good and at once.
  void shift(long seconds);
}
