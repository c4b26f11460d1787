package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected values are glibc's.
class LooseNumberTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "12,12",
        "-12,-12",
        "+12,12",
        "  12,12",
        "12abc,12",
        "abc,0",
        "'',0",
        "-,0",
        "--1,0",
        "+,0",
        "0x10,0",
        "1e3,1",
        "007,7",
        "2147483647,2147483647",
        "2147483648,-2147483648",
        "4294967296,0",
        "4294967297,1",
        "9223372036854775807,-1",
        "9223372036854775808,-1",
        "99999999999999999999,-1",
        "-9223372036854775808,0",
        "-99999999999999999999,0"
      })
  void integersAreReadAsAtoiReadsThem(String text, int expected) {
    assertEquals(expected, LooseNumber.integer(text == null ? "-" : text));
  }

  @ParameterizedTest
  @CsvSource({
    "1.25,1.25",
    "1,1",
    "1.,1",
    ".5,0.5",
    "-2.5,-2.5",
    "1.5x,1.5",
    "x,0",
    ".,0",
    "1e2,100",
    "1e,1",
    "1e+,1",
    "1.5e-1,0.15",
    "nan,0",
    "inf,0",
    "0x10,0",
    "' \t2',2"
  })
  void decimalsAreReadAsAtofReadsThem(String text, double expected) {
    assertEquals(expected, LooseNumber.decimal(text));
  }

  @Test
  void everyIntegerReadsBackAsItWasWritten() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      int value = random.nextInt() >> random.nextInt(32);
      assertEquals(value, LooseNumber.integer(" " + value + ";"), () -> "seed " + seed);
    }
  }
}
