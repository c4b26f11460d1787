package io.scrubjay.server;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sections 2.3 and 2.4 of the behaviour inventory over a socket: reads, `touch` and `delete`.
final class TextReadingTest extends ServerAndClient {
  private static final String BAD_LINE = "CLIENT_ERROR bad command line format";
  private static final String HITS = "(get|touch|delete)_hits";

  @BeforeEach
  void fill() {
    client.expect("set a 1 0 1\r\nx", "STORED");
    client.expect("set b 2 0 2\r\nyz", "STORED");
  }

  @Test
  void hitsAreToldInTheOrderAskedAndMissesAreNot() {
    client.expect(
        "get b none a b", "VALUE b 2 2", "yz", "VALUE a 1 1", "x", "VALUE b 2 2", "yz", "END");
    client.expect("gets a", "VALUE a 1 1 2", "x", "END");
    expectStat("cmd_get", 5);
    expectStat("get_hits", 4);
    expectStat("get_misses", 1);
    expectOfClass(HITS, "get_hits 4", "delete_hits 0", "touch_hits 0");
  }

  @Test
  void aKeyThatIsTooLongTakesBackTheValuesBeforeIt() {
    String longest = "k".repeat(250);
    client.expect("get a " + longest, "VALUE a 1 1", "x", "END");
    client.expect("get a k" + longest + " b", BAD_LINE);
    client.expect("gats 0 a k" + longest, BAD_LINE);
  }

  @Test
  void gatTouchesAndCountsAsATouch() {
    client.expect("gat 50 a none", "VALUE a 1 1", "x", "END");
    client.expect("gats 50 b", "VALUE b 2 2 3", "yz", "END");
    client.expect("gat x a", "CLIENT_ERROR invalid exptime argument");
    client.expect("gat 0", BAD_LINE);
    expectStat("cmd_touch", 3);
    expectStat("touch_hits", 2);
    expectStat("touch_misses", 1);
    expectStat("cmd_get", 0);
    expectStat("get_misses", 0);
    expectOfClass(HITS, "get_hits 0", "delete_hits 0", "touch_hits 2");
    client.expect("mg a t", "HD t50");
    clock.advanceSeconds(50);
    client.expect("get a b", "END");
    expectStat("get_expired", 2);
  }

  @Test
  void touchesAreAccesses() {
    clock.advanceSeconds(10);
    client.expect("touch a 50", "TOUCHED");
    client.expect("touch a 50", "TOUCHED");
    client.expect("gat 0 b", "VALUE b 2 2", "yz", "END");
    client.expect("gat 0 b", "VALUE b 2 2", "yz", "END");
    client.expect("mg a u h l t", "HD h1 l0 t50");
    client.expect("mg b u h l t", "HD h1 l0 t-1");
  }

  @Test
  void touchAndDeleteTellAndCount() {
    client.expect("touch a 50", "TOUCHED");
    client.expect("touch none 50", "NOT_FOUND");
    client.expect("touch a 50 noreply");
    client.expect("touch a x", "CLIENT_ERROR invalid exptime argument");
    client.expect("touch a", BAD_LINE);
    client.expect("delete a 0", "DELETED");
    client.expect("delete a", "NOT_FOUND");
    client.expect("delete b noreply");
    client.expect("delete", BAD_LINE);
    client.expect("get a b", "END");
    expectStat("cmd_touch", 3);
    expectStat("touch_hits", 2);
    expectStat("touch_misses", 1);
    expectStat("delete_hits", 2);
    expectStat("delete_misses", 1);
    expectOfClass(HITS, "get_hits 0", "delete_hits 2", "touch_hits 2");
  }
}
