package io.scrubjay.engine;

/// Time as the cache sees it: whole server seconds, coarse, never going back.
///
/// Units: server seconds count from [#processStarted], an instant 62 s (server) before the clock
/// was made, so that a fresh server's second is never 0, which means "never" in deadlines, and
/// "just before now" is never negative. Source: spec, conventions. Threads: any; reading is a plain
/// volatile read.
public interface CacheClock {
  /// What [#now] answers when the server starts.
  int SECONDS_AT_START = 62;

  /// Seconds since [#processStarted].
  int now();

  /// Unix time of server second 0.
  long processStarted();

  default long epochSecondsOf(int serverSeconds) {
    return processStarted() + Integer.toUnsignedLong(serverSeconds);
  }
}
