package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();

  @Test
  void idleSessionsAreNotWaitedFor() {
    turns.register();
    Turns.Turn ended = turns.register();
    ended.begins();
    ended.ends();
    Turns.Turn left = turns.register();
    left.begins();
    turns.retire(left);
    assertTrue(turns.awaitAll(() -> true));
  }

  @Test
  void aTurnUnderWayIsWaitedForAndALaterOneIsNot() {
    Turns.Turn turn = turns.register();
    turn.begins();
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () ->
                turns.awaitAll(
                    () -> {
                      asked.incrementAndGet();
                      return false;
                    }));
    while (asked.get() < 3) {
      Thread.onSpinWait();
    }
    assertFalse(waiting.isDone());
    turn.ends();
    turn.begins();
    assertEquals(true, waiting.join());
  }

  @Test
  void waitingEndsWhenStopped() {
    turns.register().begins();
    assertFalse(turns.awaitAll(() -> true));
  }
}
