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

  /// Fills in what is left of an item that had `deadline` before this request, or that it created:
  /// a new one has none until its `N` or `T` is read, in the order they were sent.
  static void tellTtl(
      MetaItem item, MetaRequest request, boolean created, int deadline, CacheClock clock) {
    item.ttl(created ? MetaItem.NO_DEADLINE : ttl(deadline, clock));
    if (request.has('T')) {
      item.touchedTtlSeconds = ttl(Exptime.deadline(request.exptime, clock), clock);
    }
    if (created) {
      item.created = true;
      item.vivifiedTtlSeconds = ttl(Exptime.deadline(request.vivifyExptime, clock), clock);
    }
  }

  /// Seconds left, as [MetaItem] wants them; a deadline may lie past 2^31.
  static long ttl(int deadline, CacheClock clock) {
    return deadline == 0 ? MetaItem.NO_DEADLINE : Integer.toUnsignedLong(deadline) - clock.now();
  }
}
