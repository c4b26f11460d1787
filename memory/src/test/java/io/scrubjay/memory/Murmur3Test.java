package io.scrubjay.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur3Test {
  /// From an implementation written apart from this one, in Python, by the published description;
  /// `hello` and `hello, world` are also in print.
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 3c2569b2",
    "ab, 9bbfd75f",
    "abc, b3dd93fa",
    "abcd, 43ed676a",
    "hello, 248bfa47",
    "'hello, world', 149bbb7f",
    "key_00000001, 937d9ec4",
    "The quick brown fox jumps over the lazy dog, 2e4ff723"
  })
  void agreesWithAnIndependentImplementation(String text, String expected) {
    byte[] bytes = ("##" + text + "##").getBytes(US_ASCII);
    int hash = Murmur3.hash(MemorySegment.ofArray(bytes), 2, text.length());
    assertEquals(expected, Integer.toHexString(hash));
  }
}
