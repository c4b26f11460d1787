package io.scrubjay.engine.lldb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentHeadersTest {
  private static final int HASH = 0x1234_5678;

  private final RecentHeaders headers = new RecentHeaders(1);
  private final MemorySegment record = MemorySegment.ofArray(new long[ItemRecord.HEADER_BYTES / 8]);

  @AfterEach
  void closes() {
    headers.close();
  }

  private static MemorySegment key(String text) {
    return MemorySegment.ofArray(text.getBytes(ISO_8859_1));
  }

  private void put(int database, int hash, String key, int recordBytes) {
    record.set(JAVA_LONG, 8, recordBytes);
    headers.put(database, hash, key(key), key.length(), record, recordBytes);
  }

  private int find(int database, int hash, String key) {
    record.fill((byte) 0);
    int bytes = headers.find(database, hash, key(key), key.length(), record);
    if (bytes >= 0) {
      assertEquals(bytes, record.get(JAVA_LONG, 8), "the header of another record");
    }
    return bytes;
  }

  @Test
  void whatWasPutIsKnownUntilItIsForgotten() {
    assertEquals(Tree.UNKNOWN, find(0, HASH, "k"));
    put(0, HASH, "k", 100);
    assertEquals(100, find(0, HASH, "k"));
    put(0, HASH, "k", 200);
    assertEquals(200, find(0, HASH, "k"));
    headers.forget(0, HASH, key("k"), 1);
    assertEquals(Tree.UNKNOWN, find(0, HASH, "k"));
  }

  @Test
  void thatThereIsNoRecordIsKnownToo() {
    put(0, HASH, "k", Tree.ABSENT);
    assertEquals(Tree.ABSENT, find(0, HASH, "k"));
  }

  @Test
  void keysOfOneHashAndOfTwoDatabasesAreToldApart() {
    put(0, HASH, "k", 100);
    put(0, HASH, "l", 200);
    put(1, HASH, "k", 300);
    assertEquals(100, find(0, HASH, "k"));
    assertEquals(200, find(0, HASH, "l"));
    assertEquals(300, find(1, HASH, "k"));
    assertEquals(Tree.UNKNOWN, find(1, HASH, "l"));
  }

  @Test
  void theOldestOfASetMakesRoom() {
    for (int i = 0; i <= RecentHeaders.WAYS; i++) {
      put(0, HASH, "k" + i, 100 + i);
    }
    assertEquals(Tree.UNKNOWN, find(0, HASH, "k0"));
    for (int i = 1; i <= RecentHeaders.WAYS; i++) {
      assertEquals(100 + i, find(0, HASH, "k" + i));
    }
  }

  @Test
  void keysThatDoNotFitAreNeverKnown() {
    String longest = "k".repeat(RecentHeaders.KEY_BYTES_MAX);
    put(0, HASH, longest, 100);
    put(0, HASH, longest + "k", 200);
    assertEquals(100, find(0, HASH, longest));
    assertEquals(Tree.UNKNOWN, find(0, HASH, longest + "k"));
    headers.forget(0, HASH, key(longest + "k"), longest.length() + 1);
    assertEquals(100, find(0, HASH, longest));
  }

  @Test
  void nothingIsKnownAfterAllWasForgotten() {
    var random = new SplittableRandom(1);
    Map<String, Integer> hashes = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      hashes.put("k" + i, random.nextInt());
    }
    hashes.forEach((key, hash) -> put(0, hash, key, 100));
    headers.forgetAll();
    hashes.forEach((key, hash) -> assertEquals(Tree.UNKNOWN, find(0, hash, key)));
  }
}
