package io.scrubjay.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class JenkinsTest {
  /// From the driver that its author publishes beside the algorithm.
  @Test
  void publishedAnswers() {
    assertEquals(0xDEAD_BEEF, hash("", 0));
    assertEquals(0x1777_0551, hash("Four score and seven years ago", 0));
  }

  @Test
  void whereTheKeyLiesDoesNotMatter() {
    for (int length = 0; length < 40; length++) {
      String key = "abcdefghijklmnopqrstuvwxyz0123456789ABCD".substring(0, length);
      for (int before = 1; before < 8; before++) {
        assertEquals(hash(key, 0), hash("-".repeat(before) + key, before), key);
      }
    }
  }

  private static int hash(String text, int from) {
    byte[] bytes = text.getBytes(US_ASCII);
    return Jenkins.hash(MemorySegment.ofArray(bytes), from, bytes.length - from);
  }
}
