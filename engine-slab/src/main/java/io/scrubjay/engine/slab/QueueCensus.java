package io.scrubjay.engine.slab;

import java.util.Arrays;

/// What an automatic crawl has found in one LRU queue, and when the queue is worth the next one
/// (spec 7.3): that depends on how soon more than a hundredth of what can expire will have.
///
/// Units: server seconds. Threads: confined to the crawler's monitor.
final class QueueCensus {
  static final int WAIT_SECONDS_MAX = 3600;
  private static final int STEP_SECONDS = 60;
  private static final int PAUSE_SECONDS = 5;
  private static final int MINUTES = 60;

  private final long[] expiringInMinute = new long[MINUTES];
  private long alive;
  private long withoutDeadline;
  private long reclaimed;
  private int begunAt;
  private int endedAt;
  private boolean over;
  private int waitSeconds;
  private int dueAt;

  /// What the last run told.
  record Outlook(
      long lowMark,
      long nextReclaims,
      int sinceRunSeconds,
      int nextRunSeconds,
      int elapsedSeconds,
      long examined,
      long reclaimed) {}

  boolean due(int now) {
    return now > dueAt;
  }

  void begin(int now) {
    Arrays.fill(expiringInMinute, 0);
    alive = 0;
    withoutDeadline = 0;
    reclaimed = 0;
    begunAt = now;
    dueAt = now + PAUSE_SECONDS;
  }

  void foundDead() {
    reclaimed++;
  }

  void foundAlive(int deadline, int now) {
    alive++;
    if (deadline == 0) {
      withoutDeadline++;
    } else if (deadline - now < MINUTES * STEP_SECONDS) {
      expiringInMinute[Math.max(0, deadline - now) / STEP_SECONDS]++;
    }
  }

  void end(int now) {
    endedAt = now;
    over = true;
  }

  /// Whether a run has ended whose outlook nobody has asked for.
  boolean over() {
    return over;
  }

  /// Of the run that is over; decides when the next one is due.
  Outlook outlook(int now) {
    over = false;
    long lowMark = (alive - withoutDeadline) / 100 + 1;
    long expiring = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      expiring += expiringInMinute[minute];
      if (expiring > lowMark) {
        waitSeconds += waitSeconds < minute * STEP_SECONDS ? STEP_SECONDS : -STEP_SECONDS;
        break;
      }
    }
    if (expiring == 0) {
      waitSeconds += STEP_SECONDS;
    }
    waitSeconds = Math.clamp(waitSeconds, 0, WAIT_SECONDS_MAX);
    int next = waitSeconds + PAUSE_SECONDS;
    dueAt = now + next;
    return new Outlook(lowMark, expiring, now - endedAt, next, endedAt - begunAt, alive, reclaimed);
  }
}
