package io.scrubjay.protocol.text;

import static io.scrubjay.protocol.text.Decoding.complete;
import static io.scrubjay.protocol.text.Decoding.key;
import static io.scrubjay.protocol.text.Decoding.keys;
import static io.scrubjay.protocol.text.Decoding.refused;
import static io.scrubjay.protocol.text.TextError.BAD_COMMAND_LINE;
import static io.scrubjay.protocol.text.TextError.INVALID_DELTA;
import static io.scrubjay.protocol.text.TextError.INVALID_EXPTIME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows T-07, T-08, T-20, T-21 and sections 2.3, 2.4: what each verb makes of its arguments.
final class TextArgumentTest {
  private static final String LONG_KEY = "k".repeat(251);

  @Test
  void t07StrictNumbersAreDigits() {
    TextRequest request = complete("x 1 -1 +1 1x - 00000000001 000000000001 2147483648\r\n");
    assertTrue(request.parseInt32(1));
    assertTrue(request.parseInt32(2));
    assertEquals(-1, request.number);
    assertFalse(request.parseUint32(2));
    assertFalse(request.parseInt32(3));
    assertFalse(request.parseInt32(4));
    assertFalse(request.parseInt32(5));
    assertTrue(request.parseInt32(6), "11 characters");
    assertFalse(request.parseInt32(7), "12 characters");
    assertTrue(request.parseInt64(7));
    assertFalse(request.parseInt32(8));
    assertTrue(request.parseUint32(8));
    assertEquals(2147483648L, request.number);
    assertFalse(request.parseInt32(9), "no such token");
  }

  @Test
  void t07StrictNumbersKeepTheirRange() {
    TextRequest request =
        complete(
            "x 2147483647 -2147483648 -2147483649 4294967295 4294967296"
                + " 9223372036854775807 9223372036854775808 18446744073709551615"
                + " 18446744073709551616 0000000000000000000001 00000000000000000000001\r\n");
    assertTrue(request.parseInt32(1));
    assertTrue(request.parseInt32(2));
    assertFalse(request.parseInt32(3));
    assertTrue(request.parseUint32(4));
    assertFalse(request.parseUint32(5));
    assertTrue(request.parseInt64(6));
    assertFalse(request.parseInt64(7));
    assertTrue(request.parseUint64(7));
    assertTrue(request.parseUint64(8));
    assertEquals(-1, request.number);
    assertFalse(request.parseUint64(9));
    assertTrue(request.parseUint64(10), "22 characters");
    assertFalse(request.parseUint64(11), "23 characters");
  }

  @Test
  void t08FlagsAndExptimeAreCutTo32Bits() {
    assertEquals(0, complete("set k 4294967296 0 1\r\n").clientFlags);
    assertEquals(-1, complete("set k 4294967295 0 1\r\n").clientFlags);
    assertEquals(5, complete("set k +5 0 1\r\n").clientFlags);
    assertEquals(0, complete("set k -0 0 1\r\n").clientFlags);
    assertEquals(-1, complete("set k 18446744073709551615 0 1\r\n").clientFlags);
    assertEquals(0, complete("set k 0 4294967296 1\r\n").exptime);
    assertEquals(-1, complete("set k 0 4294967295 1\r\n").exptime);
    assertEquals(Integer.MIN_VALUE, complete("set k 0 2147483648 1\r\n").exptime);
    assertEquals(7, complete("set k 0 +7 1\r\n").exptime);
    assertEquals(-7, complete("set k 0 -7 1\r\n").exptime);
    assertEquals(0, complete("set k 0 -9223372036854775808 1\r\n").exptime);
    assertEquals(1, complete("set k 1\tz \t1\t 1\r\n").clientFlags);
  }

  @Test
  void t20ABadLengthSwallowsNothing() {
    for (String line :
        List.of(
            "set",
            "set k",
            "set k 0 0",
            "cas k 0 0",
            "set k 0 0 x",
            "set k 0 0 -1",
            "set k 0 0 +1",
            "set k 0 0 2147483646",
            "set k 0 0 99999999999",
            "set " + LONG_KEY + " 0 0 -1")) {
      refused(BAD_COMMAND_LINE, 0, line + "\r\n");
    }
    assertEquals(2147483645, complete("set k 0 0 2147483645\r\n").valueBytes);
    assertEquals(0, complete("set k 0 0 0\r\n").valueBytes);
  }

  @Test
  void t21OtherBadFieldsSwallowTheDataBlock() {
    for (String line :
        List.of(
            "set " + LONG_KEY + " 0 0 7",
            "set k x 0 7",
            "set k 1x 0 7",
            "set k -1 0 7",
            "set k - 0 7",
            "set k + 0 7",
            "set k 18446744073709551616 0 7",
            "set k 0 x 7",
            "set k 0 9223372036854775808 7",
            "set k 0 -9223372036854775809 7",
            "cas k 0 0 7",
            "cas k 0 0 7 x",
            "cas k 0 0 7 -1")) {
      refused(BAD_COMMAND_LINE, 9, line + "\r\n");
    }
    refused(BAD_COMMAND_LINE, Integer.MAX_VALUE, "set k x 0 2147483645\r\n");
  }

  @Test
  void storageVerbsCarryTheirFields() {
    for (TextVerb verb : TextVerb.values()) {
      if (verb.kind == TextVerb.Kind.STORAGE) {
        TextRequest request = complete(verb.word() + "  key 1  2 3 4 x\r\nabc\r\n");
        assertEquals(verb, request.verb);
        assertEquals("key", key(request));
        assertEquals(1, request.clientFlags);
        assertEquals(2, request.exptime);
        assertEquals(3, request.valueBytes);
        assertEquals(verb == TextVerb.CAS ? 4 : 0, request.casUnique);
        assertTrue(TextDecoder.isCrlf(request.segment, request.lineEnd + 3));
        assertFalse(TextDecoder.isCrlf(request.segment, request.lineEnd + 2));
      }
    }
  }

  @Test
  void retrievalNeedsAKey() {
    for (String line : List.of("get", "gets", "get   ", "gat", "gat 1", "gats 1  ", "gat x")) {
      refused(BAD_COMMAND_LINE, 0, line + "\r\n");
    }
    refused(INVALID_EXPTIME, 0, "gat x k\r\n");
    refused(INVALID_EXPTIME, 0, "gats 2147483648 k\r\n");
    TextRequest request = complete("gat -1 k l\r\n");
    assertEquals(-1, request.exptime);
    assertEquals(List.of("k", "l"), keys(request));
  }

  @Test
  void updatesCheckTheirArguments() {
    for (String line : List.of("delete", "incr", "incr k", "decr k", "touch", "touch k")) {
      refused(BAD_COMMAND_LINE, 0, line + "\r\n");
    }
    for (String delta : List.of("x", "-1", "+1", "18446744073709551616")) {
      refused(INVALID_DELTA, 0, "incr k " + delta + "\r\n");
      refused(INVALID_DELTA, 0, "decr k " + delta + "\r\n");
    }
    refused(INVALID_EXPTIME, 0, "touch k x\r\n");
    assertEquals(-1, complete("incr k 18446744073709551615\r\n").delta);
    assertEquals(-5, complete("touch k -5\r\n").exptime);
    assertEquals("k", key(complete("delete k 0 5 foo\r\n")));
  }

  @Test
  void aSuspendedWalkResumesWhereverItsLineWasMoved() {
    TextRequest request = complete("gat 1 one two three\r\n");
    assertTrue(request.nextKey());
    assertTrue(request.nextKey());
    long position = request.keysPosition();
    request = complete("gat 1 one two three\r\n");
    request.keysPosition(position);
    assertEquals(List.of("three"), keys(request));
  }
}
