package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.scrubjay.engine.slab.AutomovePolicy.Choice;
import io.scrubjay.engine.slab.AutomovePolicy.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Spec 7.4, each sentence of it.
class AutomovePolicyTest {
  private static final int WINDOW = 10;
  private static final int CHUNKS = 100;
  private static final double RATIO = 0.8;

  private final AutomovePolicy policy = new AutomovePolicy(WINDOW);

  private static Sample sample(int pages, long free, long evicted, int age) {
    return new Sample(pages, CHUNKS, free, evicted, 0, age);
  }

  @SuppressWarnings("NullAway") // class 0 has no sample
  private static Sample[] samples(Sample first, Sample second) {
    return new Sample[] {null, first, second};
  }

  private @Nullable Choice after(int seconds, boolean full, SamplesAt at) {
    Choice choice = null;
    for (int second = 0; second <= seconds; second++) {
      choice = policy.decide(at.second(second), full, RATIO);
    }
    return choice;
  }

  private interface SamplesAt {
    Sample[] second(int second);
  }

  @Test
  void aQuietClassWithFreePagesGivesOneToThePool() {
    Choice choice = after(1, true, _ -> samples(sample(5, 251, 0, 0), sample(5, 0, 0, 0)));
    assertEquals(new Choice(1, 0), choice);
  }

  @Test
  void twoAndAHalfFreePagesAreNotEnough() {
    assertNull(after(30, true, _ -> samples(sample(5, 250, 0, 0), sample(5, 0, 0, 0))));
  }

  @Test
  void nothingGoesToThePoolWhileMemoryIsLeft() {
    assertNull(after(30, false, _ -> samples(sample(5, 300, 0, 0), sample(5, 0, 0, 0))));
  }

  @Test
  void aClassThatGrewInTheWindowKeepsItsPages() {
    SamplesAt grows = second -> samples(sample(second < 2 ? 4 : 5, 300, 0, 0), sample(5, 0, 0, 0));
    assertNull(after(WINDOW + 1, true, grows));
    assertEquals(new Choice(1, 0), policy.decide(grows.second(WINDOW + 2), true, RATIO));
  }

  @Test
  void theYoungestEvictingClassTakesFromTheOldest() {
    SamplesAt uneven = second -> samples(sample(3, 0, 0, 1000), sample(3, 0, second * 10L, 100));
    assertNull(after(WINDOW - 1, true, uneven), "before the window is full");
    assertEquals(new Choice(1, 2), policy.decide(uneven.second(WINDOW), true, RATIO));
  }

  @Test
  void agesThatAreNearEachOtherMoveNothing() {
    assertNull(
        after(30, true, second -> samples(sample(3, 0, 0, 100), sample(3, 0, second * 10L, 81))));
  }

  @Test
  void aClassOfTwoPagesIsNoSource() {
    assertNull(
        after(30, true, second -> samples(sample(2, 0, 0, 1000), sample(3, 0, second * 10L, 1))));
  }

  @Test
  void whoNoLongerEvictsGetsNothing() {
    SamplesAt stopped =
        second -> samples(sample(3, 0, 0, 1000), sample(3, 0, Math.min(second, 9) * 10L, 1));
    assertNull(after(WINDOW, true, stopped));
  }
}
