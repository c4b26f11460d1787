package io.scrubjay.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 2.4 of the behaviour inventory over a socket: `incr` and `decr`.
final class TextArithmeticTest extends ServerAndClient {
  private static final String NON_NUMERIC =
      "CLIENT_ERROR cannot increment or decrement non-numeric value";

  private void store(String value) {
    client.expect("set n 5 100 " + value.length() + "\r\n" + value, "STORED");
  }

  private void expectStored(String value) {
    client.expect("get n", "VALUE n 5 " + value.length(), value, "END");
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {
        "9|incr|1|10",
        "10|decr|1|9",
        "10|incr|0|10",
        "5|decr|6|0",
        "5|decr|18446744073709551615|0",
        "18446744073709551615|decr|1|18446744073709551614",
        "9223372036854775808|decr|9223372036854775807|1",
        "18446744073709551615|incr|1|0",
        "18446744073709551614|incr|1|18446744073709551615",
        "00000000000000000000007|incr|1|8",
        " 7|incr|1|8",
        "+7|incr|1|8",
        "-18446744073709551615|incr|1|2",
        "12 34|incr|1|13",
      })
  void numbersKeepTheLengthOfTheValueThatTheyFitIn(
      String value, String verb, String delta, String reply) {
    store(value);
    client.expect(verb + " n " + delta, reply);
    expectStored(reply + " ".repeat(Math.max(0, value.length() - reply.length())));
  }

  @Test
  void aZeroByteEndsANumber() {
    store("7\0x");
    client.expect("incr n 1", "8");
    expectStored("8  ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "-", "+", "x", "7x", "7,0", "18446744073709551616"})
  void otherTextIsNoNumber(String value) {
    store(value);
    client.expect("incr n 1", NON_NUMERIC);
    client.expect("decr n 1", NON_NUMERIC);
    expectStored(value);
  }

  @Test
  void aValueKeptInPiecesIsNoNumber() {
    store("7" + " ".repeat(512 * 1024));
    client.expect("incr n 1", NON_NUMERIC);
    store("7" + " ".repeat(500_000));
    client.expect("incr n 1", "8");
  }

  @Test
  void flagsAndTimeStayAndTheCasIsNew() {
    store("8");
    client.expect("incr n 1", "9");
    client.expect("mg n f t c v", "VA 1 f5 t100 c3", "9");
    client.expect("incr n 1", "10");
    client.expect("mg n f t c v", "VA 2 f5 t100 c4", "10");
  }

  @Test
  void aNumberWrittenInPlaceCountsAsAnAccess() {
    store("1");
    clock.advanceSeconds(10);
    client.expect("incr n 1", "2");
    client.expect("mg n u l", "HD l0");
  }

  @Test
  void hitsAndMissesAreCounted() {
    client.expect("incr n 1", "NOT_FOUND");
    client.expect("decr n 1", "NOT_FOUND");
    client.expect("decr n 1 noreply");
    store("1");
    client.expect("incr n 1", "2");
    client.expect("decr n 1", "1");
    client.expect("decr n 1 noreply");
    client.expect("incr n x", "CLIENT_ERROR invalid numeric delta argument");
    client.expect("incr n", "CLIENT_ERROR bad command line format");
    expectStat("incr_hits", 1);
    expectStat("decr_hits", 2);
    expectStat("incr_misses", 1);
    expectStat("decr_misses", 2);
    expectOfClass("(in|de)cr_hits", "incr_hits 1", "decr_hits 2");
  }
}
