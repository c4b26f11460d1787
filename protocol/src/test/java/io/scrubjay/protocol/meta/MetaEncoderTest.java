package io.scrubjay.protocol.meta;

import static io.scrubjay.protocol.meta.MetaDecoding.good;
import static io.scrubjay.protocol.meta.MetaDecoding.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Replies of 3.2 to 3.7, and.
final class MetaEncoderTest {
  private static final String LONG_KEY = "k".repeat(250);

  @Test
  void aMissEchoesOpaqueAndKeyOnly() {
    assertEquals("EN ka O123\r\n", status("mg a k s t f c h l v O123 q", MetaStatus.EN));
    assertEquals("EN\r\n", status("mg a v", MetaStatus.EN));
    assertEquals("NF kYQ== b O9\r\n", status("md YQ== b k O9", MetaStatus.NF));
    assertEquals("MN\r\n", status("mn k O1", MetaStatus.MN));
  }

  @Test
  void aHitReturnsWhatWasAskedInOrder() {
    MetaItem item = item();
    assertEquals(
        "VA 5 s5 ka t-1 f7 c18446744073709551615 h1 l9 O1\r\n",
        written(out -> MetaEncoder.valueHeader(out, 5, good("mg a s k t f c h l v O1 q u"), item)));
    assertEquals("HD c18446744073709551615\r\n", status("mg a c", MetaStatus.HD, item));
  }

  @Test
  void x07AnItemStoredWithABinaryKeyEchoesBase64() {
    MetaItem item = item();
    item.binaryKey = true;
    assertEquals("HD kYQ== b s5\r\n", status("mg a k s", MetaStatus.HD, item));
    assertEquals("HD s5 kYQ== b\r\n", status("mg YQ== s b k", MetaStatus.HD, item));
    item.binaryKey = false;
    assertEquals("HD ka\r\n", status("mg YQ== b k", MetaStatus.HD, item));
  }

  @Test
  void q04APassedDeadlineWraps() {
    MetaItem item = item();
    item.ttl(-68);
    assertEquals("HD t4294967228\r\n", status("mg a t", MetaStatus.HD, item));
  }

  @Test
  void aTtlBeforeTheTouchIsTheOldOne() {
    MetaItem item = item();
    item.ttlSeconds = 10;
    item.touchedTtlSeconds = 100;
    assertEquals("HD t10\r\n", status("mg a t T100", MetaStatus.HD, item));
    assertEquals("HD t100\r\n", status("mg a T100 t", MetaStatus.HD, item));
    assertEquals("HD t100\r\n", status("ma a T100 t", MetaStatus.HD, item));
  }

  @Test
  void markersComeLastInTheirOrder() {
    MetaItem item = item();
    item.stale = true;
    item.wins = true;
    assertEquals("HD s5 X W\r\n", status("mg a s", MetaStatus.HD, item));
    item.wins = false;
    item.alreadyWon = true;
    assertEquals("HD s5 Z X\r\n", status("mg a s", MetaStatus.HD, item));
    assertEquals("HD s5\r\n", status("ms a 5 s", MetaStatus.HD, item));
  }

  @Test
  void aStoreReturnsKeyOpaqueCasAndSize() {
    MetaItem item = item();
    item.cas = 8;
    assertEquals("HD O1 ka c8 s5\r\n", status("ms a 5 O1 k c s t f h l v", MetaStatus.HD, item));
    item.cas = 0;
    assertEquals("NS c0\r\n", status("ms a 5 c", MetaStatus.NS, item));
  }

  @Test
  void arithmeticReturnsKeyOpaqueCasAndTtl() {
    MetaItem item = item();
    item.cas = 8;
    assertEquals(
        "VA 1 c8 t-1 kn O9\r\n",
        written(out -> MetaEncoder.valueHeader(out, 1, good("ma n v c t k O9 s f h l"), item)));
  }

  @Test
  void debugTellsEverything() {
    MetaItem item = item();
    item.cas = 5;
    item.slabClass = 1;
    item.totalBytes = 61;
    assertEquals(
        "ME a exp=-1 la=9 cas=5 fetch=yes cls=1 size=61\r\n",
        written(out -> MetaEncoder.debug(out, good("me a"), item)));
    item.binaryKey = true;
    item.fetched = false;
    item.ttl(30);
    assertEquals(
        "ME YQ== exp=30 la=9 cas=5 fetch=no cls=1 size=61\r\n",
        written(out -> MetaEncoder.debug(out, good("me YQ== b"), item)));
  }

  @Test
  void theLongestReplyFitsTheNamedRoom() {
    MetaItem item = item();
    item.binaryKey = true;
    item.alreadyWon = true;
    item.stale = true;
    item.wins = true;
    item.valueBytes = Integer.MAX_VALUE;
    item.clientFlags = -1;
    item.idleSeconds = -1;
    item.ttl(-1);
    MetaRequest request = good("mg " + LONG_KEY + " k c f s t h l v O" + "x".repeat(31));
    String line = written(out -> MetaEncoder.valueHeader(out, Integer.MAX_VALUE, request, item));
    assertTrue(line.length() <= MetaEncoder.REPLY_BYTES_MAX - 7, "length " + line.length());
    item.cas = -1;
    item.slabClass = Integer.MAX_VALUE;
    item.totalBytes = Integer.MAX_VALUE;
    MetaRequest debug = good("me " + LONG_KEY);
    line = written(out -> MetaEncoder.debug(out, debug, item));
    assertTrue(line.length() <= MetaEncoder.REPLY_BYTES_MAX - 7, "length " + line.length());
  }

  @Test
  void base64AgreesWithTheJdk() {
    SplittableRandom random = new SplittableRandom(7);
    for (int length = 1; length <= 187; length++) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      String text = Base64.getEncoder().encodeToString(key);
      ByteOutput out = new ByteOutput(MemorySegment.ofArray(new byte[text.length()]));
      Base64Key.encode(out, MemorySegment.ofArray(key), 0, length);
      assertEquals(0, out.room());
      MemorySegment decoded = MemorySegment.ofArray(new byte[length]);
      assertEquals(length, Base64Key.decode(out.segment(), 0, text.length(), decoded));
      assertEquals(-1, decoded.mismatch(MemorySegment.ofArray(key)), text);
      assertEquals(
          text, new String((byte[]) out.segment().heapBase().get(), StandardCharsets.US_ASCII));
    }
  }

  private static MetaItem item() {
    MetaItem item = new MetaItem();
    item.clientFlags = 7;
    item.valueBytes = 5;
    item.cas = -1;
    item.fetched = true;
    item.idleSeconds = 9;
    return item;
  }

  private static String status(String line, MetaStatus status) {
    return written(out -> MetaEncoder.status(out, status, good(line)));
  }

  private static String status(String line, MetaStatus status, MetaItem item) {
    return written(out -> MetaEncoder.status(out, status, good(line), item));
  }
}
