package io.scrubjay.testkit;

import io.scrubjay.engine.CacheClock;

/// A clock that moves when the test says so. Threads: any.
public final class FakeClock implements CacheClock {
  private static final long STARTED_EPOCH_SECONDS = 1_700_000_000L;

  private volatile int now = SECONDS_AT_START;

  @Override
  public int now() {
    return now;
  }

  @Override
  public long processStarted() {
    return STARTED_EPOCH_SECONDS - SECONDS_AT_START;
  }

  public synchronized void advanceSeconds(int seconds) {
    now += seconds;
  }
}
