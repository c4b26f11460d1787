package io.scrubjay.net;

import org.jspecify.annotations.Nullable;

/// What handlers of one dispatch threw: the first, with the rest suppressed under it.
final class HandlerFailures {
  private HandlerFailures() {}

  @SuppressWarnings("ReferenceEquality") // a failure can't be suppressed under itself
  static Throwable joined(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }

  /// Handlers declare nothing checked; what one throws all the same is passed on wrapped.
  static void rethrow(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new IllegalStateException("a handler threw", failure);
  }
}
