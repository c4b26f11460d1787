package io.scrubjay.server.meta;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.protocol.meta.MetaItem;
import io.scrubjay.protocol.meta.MetaRequest;
import io.scrubjay.server.command.Exptime;

/// What several meta commands read out of their flags.
final class MetaFlags {
  private MetaFlags() {}

  /// The deadline of an item made on a miss: that of `N`, or of a `T` sent after it.
  static int vivifyDeadline(MetaRequest request, CacheClock clock) {
    boolean touchedLater = isBefore(request, 'N', 'T');
    return Exptime.deadline(touchedLater ? request.exptime : request.vivifyExptime, clock);
  }

  /// Both flags were sent, `first` before `second`.
  static boolean isBefore(MetaRequest request, char first, char second) {
    if (!request.has(first) || !request.has(second)) {
      return false;
    }
    for (int i = 0; i < request.flags(); i++) {
      byte letter = request.flag(i);
      if (letter == first || letter == second) {
        return letter == first;
      }
    }
    return false;
  }

  /// Seconds left, as [MetaItem] wants them.
  static long ttl(int deadline, int now) {
    return deadline == 0 ? MetaItem.NO_DEADLINE : deadline - now;
  }
}
