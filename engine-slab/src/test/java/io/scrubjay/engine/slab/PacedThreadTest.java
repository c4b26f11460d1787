package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What happens to a thread whose work throws.
class PacedThreadTest {
  private static final long PATIENCE_SECONDS = 60;

  private final EventRecorder events = new EventRecorder();

  /// Throws what `failure` gives for turn 0, 1, … and returns when there were `turns` of them.
  private void failIn(int turns, Failure failure) throws InterruptedException {
    var left = new CountDownLatch(turns);
    PacedThread.Work work =
        _ -> {
          int turn = (int) (turns - left.getCount());
          left.countDown();
          throw failure.of(turn);
        };
    try (var thread = new PacedThread("mc-test", work, events)) {
      thread.start();
      assertTrue(left.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "the thread has ended");
    }
  }

  private interface Failure {
    Error of(int turn);
  }

  private static Error from(String place, int line) {
    var failure = new AssertionError("broken");
    failure.setStackTrace(new StackTraceElement[] {new StackTraceElement(place, "m", place, line)});
    return failure;
  }

  @Test
  void theNextTurnComesAllTheSameAndACauseIsToldOnce() throws InterruptedException {
    failIn(4, turn -> from("Place", turn % 2));
    String said = "mc-test gives a turn up: java.lang.AssertionError: broken at Place.m(Place:";
    assertEquals(2, events.notices.size());
    assertEquals(said + "0)", events.notices.getFirst());
    assertEquals(said + "1)", events.notices.getLast());
  }

  @Test
  void soManyCausesAreToldAndNoMore() throws InterruptedException {
    failIn(PacedThread.CAUSES_MAX + 2, turn -> from("Place", turn));
    assertEquals(PacedThread.CAUSES_MAX, events.notices.size());
  }

  @Test
  void whatCannotBeToldDoesNotEndItEither() throws InterruptedException {
    events.deaf = true;
    failIn(2, turn -> from("Place", turn));
  }
}
