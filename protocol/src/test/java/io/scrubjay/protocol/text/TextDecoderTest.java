package io.scrubjay.protocol.text;

import static io.scrubjay.protocol.text.Decoding.complete;
import static io.scrubjay.protocol.text.Decoding.key;
import static io.scrubjay.protocol.text.Decoding.keys;
import static io.scrubjay.protocol.text.Decoding.refused;
import static io.scrubjay.protocol.text.TextError.BAD_COMMAND_LINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Rows T-01 to T-11 of the inventory: lines, words, tokens, keys, noreply.
final class TextDecoderTest {
  private static final String LONG_KEY = "k".repeat(251);

  @Test
  void t01EitherLineEndingEndsALine() {
    assertEquals(List.of("a"), keys(complete("get a\r\n")));
    assertEquals(List.of("a"), keys(complete("get a\n")));
    assertEquals(List.of("a\r"), keys(complete("get a\r\r\n")));
    assertEquals(7, complete("get a\r\nget b\r\n").lineEnd);
  }

  @Test
  void t02ALongUnfinishedLineClosesUnlessItAsksForKeys() {
    assertEquals(TextDecoded.NEED_MORE, Decoding.of("x".repeat(2048)).decoded);
    assertEquals(TextDecoded.CLOSE, Decoding.of("x".repeat(2049)).decoded);
    assertEquals(TextDecoded.NEED_MORE, Decoding.of("get " + "x".repeat(5000)).decoded);
    assertEquals(TextDecoded.NEED_MORE, Decoding.of("gets " + "x".repeat(5000)).decoded);
    assertEquals(TextDecoded.CLOSE, Decoding.of("gat " + "x".repeat(5000)).decoded);
    assertEquals(TextDecoded.CLOSE, Decoding.of("getx" + "x".repeat(5000)).decoded);
    String keys = "get " + "x".repeat(5000);
    assertEquals(TextDecoded.NEED_MORE, Decoding.of(" ".repeat(100) + keys).decoded);
    assertEquals(TextDecoded.CLOSE, Decoding.of(" ".repeat(101) + keys).decoded);
    assertEquals(TextDecoded.CLOSE, Decoding.of(" ".repeat(5000)).decoded);
    assertEquals(
        TextVerb.UNKNOWN, complete("x".repeat(5000) + "\r\n").verb, "complete lines may be long");
  }

  @Test
  void t03ALineOfLessThanFourBytesIsRefused() {
    for (String line : List.of("\n", "\r\n", "x\r\n", "ab\n", "mn\n")) {
      assertEquals(line.length(), refused(BAD_COMMAND_LINE, 0, line).lineEnd);
    }
    assertEquals(TextVerb.MN, complete("mn\r\n").verb);
    assertEquals(TextVerb.UNKNOWN, complete("abc\n").verb);
  }

  @Test
  void t04WordsMatchExactly() {
    for (TextVerb verb : TextVerb.values()) {
      if (verb == TextVerb.UNKNOWN) {
        continue;
      }
      String word = verb.word();
      assertEquals(verb, Decoding.of(word + " k 0 0 0 0\r\n").request.verb);
      assertEquals(verb, Decoding.of(word + "\r\n").request.verb);
      assertEquals(TextVerb.UNKNOWN, complete(word.toUpperCase(Locale.ROOT) + " k 0\r\n").verb);
      assertEquals(TextVerb.UNKNOWN, complete(word + "x k 0 0 0\r\n").verb);
      assertEquals(TextVerb.UNKNOWN, complete(word + "\tk 0 0 0\r\n").verb);
      assertEquals(TextVerb.UNKNOWN, complete(word + "\0 k 0 0 0\r\n").verb);
    }
    assertEquals(TextVerb.UNKNOWN, complete("mx a\r\n").verb);
  }

  @Test
  void t04ALeadingSpaceHidesAllButAdminVerbs() {
    for (TextVerb verb : TextVerb.values()) {
      boolean admin = verb.kind == TextVerb.Kind.ADMIN;
      TextRequest request = complete("  " + verb.word() + " a 1 2 3\r\n");
      assertEquals(admin ? verb : TextVerb.UNKNOWN, request.verb);
    }
    assertTrue(complete(" verbosity 1\r\n").parseUint32(1));
    assertEquals(TextVerb.UNKNOWN, complete("     \r\n").verb);
  }

  @Test
  void t05SpacesSeparateAndOnlyTwentyThreeTokensCount() {
    TextRequest request = complete("slabs   automove  1   \r\n");
    assertEquals(3, request.tokens());
    assertTrue(request.tokenIs(0, "slabs"));
    assertTrue(request.tokenIs(1, "automove"));
    assertFalse(request.tokenIs(1, "auto"));
    assertFalse(request.tokenIs(3, "x"));
    assertTrue(request.tokenAbbreviates(1, "automove"));
    assertFalse(request.tokenAbbreviates(1, "auto"));
    assertEquals("1", request.tokenText(2));
    assertEquals(23, complete("stats" + " x".repeat(30) + "\r\n").tokens());
  }

  @Test
  void t05KeysAreUnlimited() {
    assertEquals(5000, keys(complete("get" + " k".repeat(5000) + "\r\n")).size());
    assertEquals(5000, keys(complete("gats 9" + " k".repeat(5000) + "\r\n")).size());
    TextRequest request = complete("gets   a  b  \r\n");
    assertEquals(List.of("a", "b"), keys(request));
  }

  @Test
  void t06KeysHoldAnyByteButSpaceAndNewline() {
    assertEquals(List.of("\t\0\u00ff\r"), keys(complete("get \t\0\u00ff\r\r\n")));
    assertEquals(250, keys(complete("get " + "k".repeat(250) + "\r\n")).getFirst().length());
  }

  @Test
  void t06AKeyOfMoreThan250BytesEndsTheWalk() {
    TextRequest request = complete("get a " + LONG_KEY + " b\r\n");
    assertEquals(List.of("a"), keys(request));
    assertTrue(request.keyTooLong);
    assertFalse(request.nextKey());
    refused(BAD_COMMAND_LINE, 0, "delete " + LONG_KEY + "\r\n");
    refused(BAD_COMMAND_LINE, 0, "incr " + LONG_KEY + " x\r\n");
    refused(BAD_COMMAND_LINE, 0, "touch " + LONG_KEY + " x\r\n");
  }

  @Test
  void t09AnHttpRequestClosesTheConnection() {
    assertEquals(TextDecoded.CLOSE, Decoding.of("GET / HTTP/1.1\r\n").decoded);
    assertEquals(TextDecoded.CLOSE, Decoding.of("HTTP/\r\n").decoded);
    assertEquals(TextVerb.UNKNOWN, complete("GET HTTP/1.1 x\r\n").verb);
    assertEquals(TextVerb.UNKNOWN, complete("GET / HTTP\r\n").verb);
    assertEquals(List.of("HTTP/1.1"), keys(complete("get HTTP/1.1\r\n")));
  }

  @Test
  void t05TokensAreLookedForInTheFirst65534Bytes() {
    String noreply = " ".repeat(65_534 - "foo".length() - "noreply".length()) + "noreply";
    assertTrue(complete("foo" + noreply + "\r\n").noreply);
    assertFalse(complete("foo " + noreply + "\r\n").noreply);
  }

  @Test
  void t10NoreplyCountsAsTheLastTokenOnly() {
    for (String line :
        List.of(
            "set k 0 0 1 noreply",
            "set k 0 0 1 x noreply",
            "cas k 0 0 1 2 noreply",
            "incr k 1 noreply",
            "decr k 1 noreply",
            "touch k 1 noreply",
            "delete k noreply",
            "delete noreply",
            "flush_all noreply",
            "verbosity 1 noreply",
            "foo noreply",
            " noreply")) {
      assertTrue(complete(line + "\r\n").noreply, line);
      assertFalse(complete(line + " x\r\n").noreply, line);
    }
    assertEquals("noreply", key(complete("delete noreply\r\n")));
    assertFalse(complete("foo" + " x".repeat(22) + " noreply\r\n").noreply, "24th token");
    assertTrue(complete("foo" + " x".repeat(21) + " noreply\r\n").noreply, "23rd token");
    assertTrue(complete("foo" + " x".repeat(21) + " noreply x\r\n").noreply, "24th not seen");
  }

  @Test
  void t10NoreplyMeansNothingElsewhere() {
    for (String line :
        List.of("get", "gets", "gat 1", "gats 1", "stats", "version", "watch", "quit", "mg")) {
      assertFalse(complete(line + " noreply\r\n").noreply, line);
    }
  }

  @Test
  void t10NoreplySilencesErrorsFoundAfterIt() {
    assertTrue(refused(BAD_COMMAND_LINE, 3, "set k x 0 1 noreply\r\n").noreply);
    assertTrue(refused(BAD_COMMAND_LINE, 3, "cas k 0 0 1 noreply\r\n").noreply);
    assertTrue(refused(TextError.INVALID_DELTA, 0, "incr k noreply\r\n").noreply);
    assertTrue(refused(TextError.INVALID_EXPTIME, 0, "touch k noreply\r\n").noreply);
    assertFalse(refused(BAD_COMMAND_LINE, 0, "set k 0 0 noreply\r\n").noreply);
    assertFalse(refused(BAD_COMMAND_LINE, 0, "set k 0 noreply\r\n").noreply);
    assertFalse(refused(BAD_COMMAND_LINE, 0, "incr noreply\r\n").noreply);
    assertFalse(refused(BAD_COMMAND_LINE, 0, "touch noreply\r\n").noreply);
  }

  @Test
  void argumentsLeaveOutVerbAndNoreply() {
    assertEquals(0, complete("flush_all\r\n").arguments());
    assertEquals(0, complete("flush_all noreply\r\n").arguments());
    assertEquals(1, complete("flush_all 5 noreply\r\n").arguments());
    assertEquals(0, complete("    \r\n").arguments());
    assertEquals(0, complete(" noreply\r\n").arguments());
  }
}
