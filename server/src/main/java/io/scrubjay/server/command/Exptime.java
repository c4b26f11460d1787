package io.scrubjay.server.command;

import io.scrubjay.engine.CacheClock;
import java.time.Duration;

/// What the exptime field means: the one place where it gets a deadline.
///
/// Units: the field in seconds as sent, the deadline in server seconds, 0 for never. Source: spec
/// T-12.
public final class Exptime {
  static final long RELATIVE_SECONDS_MAX = Duration.ofDays(30).toSeconds();

  /// A deadline that has always passed.
  static final int PAST = 1;

  private Exptime() {}

  public static int deadline(long exptime, CacheClock clock) {
    if (exptime == 0) {
      return 0;
    }
    if (exptime < 0) {
      return PAST;
    }
    if (exptime <= RELATIVE_SECONDS_MAX) {
      return (int) exptime + clock.now();
    }
    return exptime <= clock.processStarted() ? PAST : (int) (exptime - clock.processStarted());
  }
}
