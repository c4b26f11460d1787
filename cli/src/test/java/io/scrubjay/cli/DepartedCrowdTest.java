package io.scrubjay.cli;

import static io.scrubjay.cli.DepartedCrowd.CROWD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DepartedCrowdTest {
  private int open;
  private int collections;
  private final DepartedCrowd crowd = new DepartedCrowd(() -> open, () -> collections++);

  private int collectionsWith(int connections) {
    open = connections;
    crowd.look();
    return collections;
  }

  @Test
  void theHeapIsCollectedOnceTheCrowdHasGone() {
    assertEquals(0, collectionsWith(50_000));
    assertEquals(0, collectionsWith(20_000));
    assertEquals(0, collectionsWith(100));
    assertEquals(1, collectionsWith(100));
    assertEquals(1, collectionsWith(100));
  }

  @Test
  void aCrowdIsSoManyFewerThanWereOpenAtMost() {
    assertEquals(0, collectionsWith(50_000));
    assertEquals(0, collectionsWith(50_000 - CROWD + 1));
    assertEquals(0, collectionsWith(50_000 - CROWD + 1));
    assertEquals(0, collectionsWith(50_000 - CROWD));
    assertEquals(1, collectionsWith(50_000 - CROWD));
    assertEquals(1, collectionsWith(50_000 - 2 * CROWD + 1));
    assertEquals(1, collectionsWith(50_000 - 2 * CROWD + 1));
  }

  @Test
  void fewerThanACrowdMayComeAndGoForEver() {
    for (int i = 0; i < 100; i++) {
      assertEquals(0, collectionsWith(100 + CROWD - 1));
      assertEquals(0, collectionsWith(100));
      assertEquals(0, collectionsWith(100));
    }
  }
}
