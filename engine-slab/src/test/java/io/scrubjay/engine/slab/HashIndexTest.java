package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.Key;
import io.scrubjay.memory.Region;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashIndexTest {
  private static final int POWER = 12;
  private static final int POWER_MAX = 14;
  private static final int BUCKETS = 3 << 7;
  private static final long GIB = 1L << 30;
  private static final int ITEM_BYTES = 96;

  private final List<Region> regions = new ArrayList<>();
  private Region bucketRegion = Region.reserve(HashIndex.regionBytes(POWER_MAX));
  private ItemMemory memory = memory(GIB);
  private HashIndex index = new HashIndex(bucketRegion.segment(), memory, POWER, POWER_MAX);
  private final Key key = new Key();

  @AfterEach
  void closeRegions() {
    regions.forEach(Region::close);
    bucketRegion.close();
  }

  private ItemMemory memory(long bytes) {
    Region region = Region.reserve(bytes);
    regions.add(region);
    SlabSettings settings = SlabSettings.of(Map.of());
    return new ItemMemory(region.segment(), new SlabGeometry(settings.geometry(), true), true);
  }

  private void startOver(long itemBytes) {
    bucketRegion.close();
    bucketRegion = Region.reserve(HashIndex.regionBytes(POWER_MAX));
    memory = memory(itemBytes);
    index = new HashIndex(bucketRegion.segment(), memory, POWER, POWER_MAX);
  }

  private Key key(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return key.at(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  private void store(long item, String name, int hash) {
    memory.writeItem(item, key(name), hash, 0, 0, 0);
    long bucket = index.lock(hash);
    boolean _ = index.insert(bucket, hash, item);
    index.unlock(bucket);
  }

  private long find(String name, int hash) {
    long bucket = index.bucketOf(hash);
    return index.find(bucket, index.stableMeta(bucket), hash, key(name));
  }

  private void remove(long item, int hash) {
    long bucket = index.lock(hash);
    index.remove(bucket, item);
    index.unlock(bucket);
  }

  private static long place(int number) {
    return PagePool.PAGE_BYTES + (long) number * ITEM_BYTES;
  }

  @Test
  void aChainServesWhatTheBucketHasNoRoomForInAnyOrderOfRemoval() {
    int items = 4 * HashIndex.SLOTS;
    for (int seed = 0; seed < 20; seed++) {
      startOver(GIB);
      List<Integer> left = new ArrayList<>();
      Random random = new Random(seed);
      int[] hashes = new int[items];
      for (int i = 0; i < items; i++) {
        // One row, one bucket of it, all tags.
        hashes[i] = (random.nextInt(1 << 8) << 22) | 5;
        store(place(i), "key" + i, hashes[i]);
        left.add(i);
      }
      Collections.shuffle(left, random);
      while (!left.isEmpty()) {
        for (int i : left) {
          assertEquals(place(i), find("key" + i, hashes[i]));
        }
        assertEquals(left.size(), index.validate(_ -> {}));
        int gone = left.removeLast();
        remove(place(gone), hashes[gone]);
        assertEquals(0, find("key" + gone, hashes[gone]));
      }
      assertEquals(0, index.validate(_ -> {}));
    }
  }

  @Test
  void aLongChainIsFollowedAsLongAsItIsTheSame() {
    int items = 12_000;
    for (int i = 0; i < items; i++) {
      store(place(i), "key" + i, i << 22);
    }
    int hash = HashIndex.SLOTS << 22;
    long bucket = index.bucketOf(hash);
    long meta = index.stableMeta(bucket);
    Key last = key("key" + HashIndex.SLOTS);
    assertEquals(place(HashIndex.SLOTS), index.find(bucket, meta, hash, last));
    index.unlock(index.lock(hash));
    assertEquals(HashIndex.NONE, index.find(bucket, meta, hash, last));
  }

  @Test
  void aReplacementTakesItsPlaceInSlotAndChain() {
    int items = 2 * HashIndex.SLOTS;
    for (int i = 0; i < items; i++) {
      store(place(i), "key" + i, i << 22);
    }
    for (int i = 0; i < items; i++) {
      int hash = i << 22;
      memory.writeItem(place(items + i), key("key" + i), hash, 0, 0, 0);
      long bucket = index.lock(hash);
      index.replace(bucket, hash, place(i), place(items + i));
      assertFalse(index.contains(bucket, place(i)));
      assertTrue(index.contains(bucket, place(items + i)));
      index.unlock(bucket);
      assertEquals(place(items + i), find("key" + i, hash));
    }
    assertEquals(items, index.validate(_ -> {}));
  }

  /// Numbers above 32 bits share a byte with the tag; the last one that a region has, too.
  @Test
  void itemsAreFoundWhereverTheyLieInAsMuchMemoryAsCanBe() {
    for (long bytes = GIB; bytes <= HashIndex.ITEM_BYTES_MAX; bytes *= 2) {
      startOver(bytes);
      int count = 0;
      List<Long> places = new ArrayList<>();
      for (long at = PagePool.PAGE_BYTES; at < bytes - PagePool.PAGE_BYTES; at += bytes / 32) {
        places.add(at);
      }
      places.add(bytes - 2L * PagePool.PAGE_BYTES);
      places.add(bytes / 2);
      for (long place : places) {
        memory.next(place, bytes - 8);
        store(place, "key" + count, count++ << 22);
        assertEquals(bytes - 8, memory.next(place));
      }
      while (count-- > 0) {
        assertEquals(places.get(count), find("key" + count, count << 22), "of " + bytes);
      }
      assertEquals(places.size(), index.validate(_ -> {}));
    }
  }

  @Test
  void aSplitKeepsEveryItemFound() {
    int items = 20_000;
    int[] hashes = new Random(1).ints(items).toArray();
    for (int i = 0; i < items; i++) {
      store(place(i), "key" + i, hashes[i]);
    }
    for (int power = POWER; power < POWER_MAX; power++) {
      assertEquals(power, index.power());
      assertEquals((3L << power) / 32, index.buckets());
      while (index.split()) {
        assertTrue(index.expanding());
        assertEquals(power + 1, index.power());
      }
      assertEquals(items, index.validate(_ -> {}));
    }
    assertFalse(index.canGrow());
    for (int i = 0; i < items; i++) {
      assertEquals(place(i), find("key" + i, hashes[i]));
    }
  }

  @Test
  void aSplitThatFailsLeavesNothingLockedAndNothingChanged() {
    store(place(0), "key", 0);
    long to = (long) BUCKETS * HashIndex.BUCKET_BYTES;
    bucketRegion.segment().set(JAVA_LONG, to, 1);
    assertThrows(AssertionError.class, index::split);
    assertFalse(index.expanding());
    assertEquals(place(0), find("key", 0));
    long bucket = index.tryLock(0);
    assertNotEquals(HashIndex.NONE, bucket);
    index.unlock(bucket);
    assertEquals(1, index.validate(_ -> {}));
  }

  /// What a reader without a lock may see of a bucket that is being rewritten.
  @Test
  void aChainThatMakesNoSenseIsNoAnswer() {
    for (int i = 0; i < 2 * HashIndex.SLOTS; i++) {
      store(place(i), "key" + i, 0);
    }
    long last = place(HashIndex.SLOTS);
    long bucket = index.bucketOf(0);
    long meta = index.stableMeta(bucket);
    index.unlock(index.lock(0));
    memory.chained(last, place(2 * HashIndex.SLOTS - 1));
    assertEquals(HashIndex.NONE, index.find(bucket, meta, 0, key("none")), "in circles");
    memory.chained(last, memory.segment().byteSize());
    assertEquals(HashIndex.NONE, find("none", 0));
  }
}
