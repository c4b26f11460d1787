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
  /// The engine will know later; nothing was consumed, show again when it does.
  ENGINE_PENDING,
  /// Close once what is written has left.
  CLOSE
}
