package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    Await.until("three questions", () -> asked.get() >= 3);
    assertFalse(waiting.isDone());
    turn.ends();
    turn.begins();
    assertEquals(true, waiting.orTimeout(Await.MILLIS_MAX, TimeUnit.MILLISECONDS).join());
  }

  @Test
  void waitingEndsWhenStopped() {
    turns.register().begins();
    assertFalse(turns.awaitAll(() -> true));
  }
}
