package io.scrubjay.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.FakeClock;
import org.junit.jupiter.api.Test;

/// Spec T-12.
final class ExptimeTest {
  private static final long RELATIVE_MAX = 2_592_000;

  private final FakeClock clock = new FakeClock();

  @Test
  void zeroIsNever() {
    assertEquals(0, Exptime.deadline(0, clock));
  }

  @Test
  void upToThirtyDaysCountFromNow() {
    assertEquals(clock.now() + 1, Exptime.deadline(1, clock));
    assertEquals(clock.now() + RELATIVE_MAX, Exptime.deadline(RELATIVE_MAX, clock));
    clock.advanceSeconds(100);
    assertEquals(clock.now() + 1, Exptime.deadline(1, clock));
  }

  @Test
  void moreIsUnixTime() {
    assertEquals(1, Exptime.deadline(RELATIVE_MAX + 1, clock));
    assertEquals(1, Exptime.deadline(clock.processStarted() - 1, clock));
    assertEquals(1, Exptime.deadline(clock.processStarted(), clock));
    assertEquals(2, Exptime.deadline(clock.processStarted() + 2, clock));
    long latest = 0xffff_ffffL; // of the binary protocol
    assertEquals((int) (latest - clock.processStarted()), Exptime.deadline(latest, clock));
  }

  @Test
  void negativeTimesHavePassed() {
    assertEquals(1, Exptime.deadline(-1, clock));
    assertEquals(1, Exptime.deadline(Integer.MIN_VALUE, clock));
  }
}
