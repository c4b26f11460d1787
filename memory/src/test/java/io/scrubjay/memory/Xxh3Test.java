package io.scrubjay.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Xxh3Test {
  /// Low halves of what xxHash's own `XXH3_64bits` gives for the first bytes of 131 * i + 7.
  @ParameterizedTest
  @CsvSource({
    "0, 38d394c2",
    "1, d0f4811f",
    "2, cbfa4e6e",
    "3, e61106ac",
    "4, 3443d03f",
    "5, 11280b63",
    "8, b04d78f5",
    "9, 12c26edf",
    "12, 4dc2ee45",
    "16, ccea0858",
    "17, 5022d071",
    "32, 4c04a66e",
    "33, 093e1f73",
    "64, 042330dd",
    "65, 217e5ec9",
    "96, fc063365",
    "97, 658ab9dd",
    "128, c0ccba41",
    "129, db49d1a2",
    "144, d9e31aba",
    "160, 3b4b4c4a",
    "200, e181c826",
    "240, 3fab81e6",
    "241, 2c67279e",
    "250, fe2f84b9",
    "256, 33c5dfac"
  })
  void knownAnswers(int length, String low32) {
    byte[] bytes = new byte[length + 1];
    for (int i = 0; i < length; i++) {
      bytes[i + 1] = (byte) (i * 131 + 7);
    }
    int expected = Integer.parseUnsignedInt(low32, 16);
    assertEquals(expected, Xxh3.hash(MemorySegment.ofArray(bytes), 1, length));
  }
}
