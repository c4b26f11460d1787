package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLISECOND = 1_000_000;

  @Test
  void idleWorkIsDoneEverMoreRarelyButOnceASecond() {
    Pace pace = new Pace(500);
    long now = 12_345;
    int turns = 0;
    for (; now < 10_000 * MILLISECOND; turns++) {
      assertTrue(pace.due(now));
      pace.done(0, now);
      assertTrue(pace.dueNanos() > now);
      assertTrue(pace.dueNanos() - now <= 1024 * MILLISECOND);
      now = pace.dueNanos();
    }
    assertTrue(turns < 25, turns + " turns in ten seconds");
  }

  @Test
  void muchWorkIsGoneOnWithAtOnce() {
    Pace pace = new Pace(500);
    for (int i = 0; i < 20; i++) {
      pace.done(0, i);
    }
    pace.done(500, 0);
    assertEquals(MILLISECOND, pace.dueNanos());
  }

  @Test
  void idleWorkWakesItsThreadTogether() {
    Pace one = new Pace(500);
    Pace other = new Pace(500);
    one.done(500, 0);
    for (int i = 0; i < 20; i++) {
      one.done(0, 300 * MILLISECOND + i);
      other.done(0, 700 * MILLISECOND + i);
    }
    assertEquals(one.dueNanos(), other.dueNanos());
  }

  @Test
  void timesBeforeZeroAreTimes() {
    Pace pace = new Pace(500);
    pace.done(500, -5 * MILLISECOND - 1);
    assertEquals(-5 * MILLISECOND, pace.dueNanos());
  }
}
