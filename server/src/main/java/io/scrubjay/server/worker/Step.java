package io.scrubjay.server.worker;

/// What a [Dialect] did with the bytes it was shown.
public enum Step {
  /// A request was served; [Connection#consumedTo] tells how far.
  SERVED,
  /// The bytes don't make a whole request yet; nothing was consumed.
  NEED_MORE,
  /// The request is only partly answered because the output is stuck or a long reply is under way:
  /// nothing was consumed, and it shall be shown again when the output has drained.
  OUTPUT_FULL,
  /// The request is only partly answered because it is long and others have their turn: nothing was
  /// consumed, and it shall be shown again at the connection's next.
  YIELD,
  /// The engine, or another worker, will know later; nothing was consumed, show again when it does.
  ENGINE_PENDING,
  /// A check elsewhere than in the engine is under way; nothing was consumed, show again when
  /// [Worker#checked] is told.
  CHECK_PENDING,
  /// Close once what is written has left.
  CLOSE;

  /// The request's bytes are wanted once more.
  public boolean showsAgain() {
    return this == OUTPUT_FULL || this == YIELD || this == ENGINE_PENDING;
  }
}
