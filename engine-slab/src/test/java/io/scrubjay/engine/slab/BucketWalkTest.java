package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Key;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BucketWalkTest {
  private static final int HASH = 0;
  private static final int ITEM_BYTES = 96;
  private final BareStore bare = new BareStore(32 << 20);
  private final HashIndex index = bare.store.index;
  private final BucketWalk walk = new BucketWalk(index);
  private final Key key = new Key();

  @AfterEach
  void close() {
    bare.close();
  }

  private static long place(int number) {
    return PagePool.PAGE_BYTES + (long) number * ITEM_BYTES;
  }

  private void write(int number, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    Key named = key.at(MemorySegment.ofArray(bytes), 0, bytes.length);
    bare.store.memory.writeItem(place(number), named, HASH, 0, 0, 0);
  }

  private void fill(int items) {
    for (int i = 0; i < items; i++) {
      write(i, "key" + i);
      long bucket = index.lock(HASH);
      boolean _ = index.insert(bucket, HASH, place(i));
      index.unlock(bucket);
    }
    walk.begin(0);
  }

  private void remove(long item) {
    long bucket = index.lock(HASH);
    index.remove(bucket, item);
    index.unlock(bucket);
  }

  /// The items left, each once; the walk is let go of in between.
  private Set<Long> rest() {
    Set<Long> items = new HashSet<>();
    while (walk.hasNext()) {
      long item = walk.lockNext();
      if (item != 0) {
        index.unlock(walk.bucket());
        assertTrue(items.add(item), () -> item + " was there before");
      }
    }
    return items;
  }

  /// Each item looked for from the chain's beginning would be 45 000 000 000 steps.
  @Test
  void aBucketCostsAsMuchAsItHasItems() {
    int items = 300_000;
    fill(items);
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(items, rest().size()));
  }

  @Test
  void whatIsGoneIsPassedOverAndWhatStaysIsNot() {
    fill(100);
    long first = walk.lockNext();
    index.unlock(walk.bucket());
    Set<Long> left = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      if (i % 3 == 0) {
        remove(place(i));
      } else if (place(i) != first) {
        left.add(place(i));
      }
    }
    assertEquals(left, rest());
  }

  @Test
  void whatComesInTheMeantimeIsNotShown() {
    fill(20);
    write(50, "late");
    long bucket = index.lock(HASH);
    index.replace(bucket, HASH, place(3), place(50));
    index.unlock(bucket);
    assertEquals(19, rest().size());
  }
}
