package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.scrubjay.memory.Region;
import org.junit.jupiter.api.Test;

class PagePoolTest {
  private static final long PAGE = PagePool.PAGE_BYTES;

  @Test
  void otherBytesCountAgainstTheLimit() {
    try (Region region = Region.reserve(PagePool.regionBytes(4 * PAGE))) {
      var pool = new PagePool(4 * PAGE, region, false, 3 * PAGE - 32);
      assertEquals(3 * PAGE - 32, pool.takenBytes());
      assertNotEquals(0, pool.take(false));
      assertEquals(0, pool.take(false));
      assertNotEquals(0, pool.take(true));
      assertEquals(5 * PAGE - 32, pool.takenBytes());
      assertEquals(2, pool.pagesTaken());
    }
  }
}
