package io.scrubjay.server;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.server.command.TimeControl;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// The time of day as server seconds, moved on once a second by a thread of its own.
///
/// Monotonic: steps of the system's clock after the start do not move it, only [TimeControl] does.
/// Threads: any; [#close] ends the thread.
final class SystemClock implements CacheClock, TimeControl, AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long processStarted = Instant.now().getEpochSecond() - SECONDS_AT_START;
  private final long startedNanos = System.nanoTime();
  private final Thread ticker;
  private long shiftSeconds;
  private boolean paused;
  private volatile int now = SECONDS_AT_START;
  private volatile boolean closed;

  SystemClock() {
    this.ticker = Thread.ofPlatform().name("scrubjay-clock").daemon().unstarted(this::tick);
    ticker.start();
  }

  @Override
  public int now() {
    return now;
  }

  @Override
  public long processStarted() {
    return processStarted;
  }

  @Override
  public synchronized void pause() {
    paused = true;
  }

  @Override
  public synchronized void resume() {
    paused = false;
    catchUp(System.nanoTime() - startedNanos);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the monitor
  public synchronized void shift(long seconds) {
    shiftSeconds += seconds;
    now += (int) seconds;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(ticker);
  }

  private void tick() {
    while (!closed) {
      long elapsed = System.nanoTime() - startedNanos;
      catchUp(elapsed);
      LockSupport.parkNanos(this, NANOS_PER_SECOND - elapsed % NANOS_PER_SECOND);
    }
  }

  private synchronized void catchUp(long elapsedNanos) {
    if (!paused) {
      now = SECONDS_AT_START + (int) (elapsedNanos / NANOS_PER_SECOND + shiftSeconds);
    }
  }
}
