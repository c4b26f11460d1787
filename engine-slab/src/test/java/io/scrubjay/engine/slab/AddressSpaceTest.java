package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {
  private static final long GIB = 1L << 30;

  private static AddressSpace reserve(long limitBytes) {
    SlabSettings settings = SlabSettings.of(Map.of());
    var geometry = new SlabGeometry(settings.geometry(), true);
    return AddressSpace.reserve(limitBytes, geometry, settings.index());
  }

  @Test
  void thereIsRoomForTheLimitAndNoMoreThanTheIndexCanCount() {
    for (long limit = GIB; limit < HashIndex.ITEM_BYTES_MAX; limit *= 2) {
      try (AddressSpace space = reserve(limit)) {
        long bytes = space.items.segment().byteSize();
        assertTrue(bytes > limit && bytes <= HashIndex.ITEM_BYTES_MAX, limit + " in " + bytes);
      }
    }
  }

  @Test
  void moreThanTheIndexCanCountIsRefusedByName() {
    var refused = assertThrows(IllegalArgumentException.class, () -> reserve(1024 * GIB));
    assertEquals(
        "item memory (-m) = 1048576 MiB, must be less than 1048576 MiB", refused.getMessage());
  }
}
