package io.scrubjay.server;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Section 2.2 of the behaviour inventory over a socket: conditions, what is kept, counters.
///
/// A store starts with CAS id 2.
final class TextStorageTest extends ServerAndClient {
  private static final String BAD_LINE = "CLIENT_ERROR bad command line format";
  private static final String TOO_LARGE = "SERVER_ERROR object too large for cache";
  private static final int TOO_LARGE_BYTES = 1 << 20;

  @Test
  void verbsStoreUnderTheirCondition() {
    client.expect("replace k 0 0 1\r\na", "NOT_STORED");
    client.expect("append k 0 0 1\r\na", "NOT_STORED");
    client.expect("prepend k 0 0 1\r\na", "NOT_STORED");
    client.expect("add k 5 0 1\r\na", "STORED");
    client.expect("add k 6 0 1\r\nb", "NOT_STORED");
    client.expect("gets k", "VALUE k 5 1 2", "a", "END");
    client.expect("replace k 7 0 1\r\nc", "STORED");
    client.expect("append k 0 0 1\r\nd", "STORED");
    client.expect("prepend k 0 0 1\r\nb", "STORED");
    client.expect("set other 0 0 0\r\n", "STORED");
    client.expect("gets k other", "VALUE k 7 3 5", "bcd", "VALUE other 0 0 6", "", "END");
    expectStat("cmd_set", 9);
    expectOfClass("cmd_set", "cmd_set 9");
  }

  @Test
  void whatIsAppendedTakesFlagsAndTimeOfWhatWasThere() {
    client.expect("set k 5 100 1\r\nb", "STORED");
    client.expect("append k 9 0 1\r\nc", "STORED");
    client.expect("prepend k 9 7 1\r\na", "STORED");
    client.expect("mg k v f t", "VA 3 f5 t100", "abc");
  }

  @Test
  void anAddThatFindsAnItemCountsAsAnAccess() {
    client.expect("set k 0 0 1\r\na", "STORED");
    clock.advanceSeconds(10);
    client.expect("add k 0 0 1\r\nb", "NOT_STORED");
    client.expect("mg k u l v", "VA 1 l0", "a");
  }

  @Test
  void aCasComparesAndCounts() {
    client.expect("cas k 0 0 1 2\r\na", "NOT_FOUND");
    client.expect("set k 0 0 1\r\na", "STORED");
    client.expect("cas k 0 0 1 0\r\nb", "EXISTS");
    client.expect("cas k 0 0 1 18446744073709551615\r\nb", "EXISTS");
    client.expect("cas k 3 0 1 2\r\nb", "STORED");
    client.expect("cas k 0 0 1 2\r\nc", "EXISTS");
    client.expect("gets k", "VALUE k 3 1 3", "b", "END");
    client.expect("cas k 0 0 1 x\r\nb", BAD_LINE);
    client.expect("cas k 0 0 1\r\nb", BAD_LINE);
    client.expect("cas k 0 0 1 18446744073709551616\r\nb", BAD_LINE);
    expectStat("cas_misses", 1);
    expectStat("cas_hits", 1);
    expectStat("cas_badval", 3);
    expectOfClass("cas_hits", "cas_hits 1");
    expectOfClass("cas_badval", "cas_badval 3");
  }

  @Test
  void aSetThatIsTooLargeDropsTheOldValueAndOthersKeepIt() {
    String data = "v".repeat(TOO_LARGE_BYTES);
    client.expect("set k 0 0 1\r\na", "STORED");
    for (String verb : List.of("add", "replace", "append", "prepend")) {
      client.expect(verb + " k 0 0 " + TOO_LARGE_BYTES + "\r\n" + data, TOO_LARGE);
    }
    client.expect("cas k 0 0 " + TOO_LARGE_BYTES + " 2\r\n" + data, TOO_LARGE);
    client.expect("get k", "VALUE k 0 1", "a", "END");
    client.expect("set k 0 0 " + TOO_LARGE_BYTES + "\r\n" + data, TOO_LARGE);
    client.expect("get k", "END");
    client.expect("set k 0 0 1\r\na", "STORED");
    client.expect("set k 0 0 " + TOO_LARGE_BYTES + " noreply\r\n" + data);
    client.expect("get k", "END");
    expectStat("store_too_large", 7);
    expectStat("cmd_set", 2);
  }

  @Test
  void whatDoesNotFitTogetherIsNotStored() {
    String half = "v".repeat(TOO_LARGE_BYTES / 2);
    client.expect("set k 0 0 " + half.length() + "\r\n" + half, "STORED");
    client.expect("append k 0 0 " + half.length() + "\r\n" + half, "NOT_STORED");
    client.expect("mg k s", "HD s" + half.length());
  }

  @Test
  void aLineThatIsWrongTakesItsDataAlongOnlyIfTheLengthIsKnown() {
    client.expect("set k x 0 10\r\nget k\r\nabc", BAD_LINE);
    client.expect("set k 0 x 10\r\nget k\r\nabc", BAD_LINE);
    client.expect("set " + "k".repeat(251) + " 0 0 10\r\nget k\r\nabc", BAD_LINE);
    client.expect("set k 0 0 x\r\nget k", BAD_LINE, "END");
    client.expect("set k 0 0 -1\r\nget k", BAD_LINE, "END");
    client.expect("set k 0 0 2147483646\r\nget k", BAD_LINE, "END");
    client.expect("set k 0 0\r\nget k", BAD_LINE, "END");
  }

  @Test
  void dataThatDoesNotEndWhereItWasToIsNotStored() {
    client.expect("set k 0 0 1\r\na", "STORED");
    client.expect(
        "set k 0 0 1\r\nbcd\r\nget k",
        "CLIENT_ERROR bad data chunk",
        BAD_LINE,
        "VALUE k 0 1",
        "a",
        "END");
    client.expect("set k 0 0 3 noreply\r\nbcdef\r\nget k", BAD_LINE, "VALUE k 0 1", "a", "END");
  }
}
