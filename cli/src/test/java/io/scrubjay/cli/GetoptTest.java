package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The walk, option by option, against what glibc's getopt_long answers.
class GetoptTest {
  private static String walk(String... arguments) {
    List<String> seen = new ArrayList<>();
    var getopt = new Getopt(List.of(arguments));
    for (Getopt.Token token = getopt.next(); token != null; token = getopt.next()) {
      seen.add(
          switch (token) {
            case Getopt.Option option -> option.flag().letter + "<" + option.argument() + ">";
            case Getopt.Bad bad -> bad.message();
          });
    }
    return String.join(" ", seen);
  }

  @Test
  void anArgumentMayBeAttachedOrFollow() {
    assertEquals("p<11211>", walk("-p11211"));
    assertEquals("p<11211>", walk("-p", "11211"));
    assertEquals("p<11211>", walk("--port=11211"));
    assertEquals("p<11211>", walk("--port", "11211"));
    assertEquals("p<=11211>", walk("-p=11211"));
    assertEquals("p<>", walk("--port="));
  }

  @Test
  void anArgumentThatLooksLikeAnOptionIsTheArgument() {
    assertEquals("p<-1>", walk("-p", "-1"));
    assertEquals("p<-v>", walk("-p", "-v"));
    assertEquals("p<--> v<>", walk("--port", "--", "-v"));
  }

  @Test
  void lettersMayBeCombinedAndTheLastMayTakeAnArgument() {
    assertEquals("v<> v<>", walk("-vv"));
    assertEquals("M<> v<>", walk("-Mv"));
    assertEquals("v<> M<> p<11211>", walk("-vMp11211"));
    assertEquals("v<> p<7>", walk("-vp", "7"));
  }

  @Test
  void wordsThatAreNoOptionsAreSkippedAnywhere() {
    assertEquals("v<> p<1> M<>", walk("one", "-v", "two", "-p", "1", "-", "-M", "three"));
  }

  @Test
  void twoDashesEndTheOptions() {
    assertEquals("v<>", walk("-v", "--", "-M", "-p"));
  }

  @Test
  void aLongNameMayBeShortenedWhileOneIsMeant() {
    assertEquals("t<2>", walk("--thr=2"));
    assertEquals("l<::1>", walk("--listen", "::1"));
    assertEquals("v<3>", walk("--verbose=3"));
    assertEquals("v<>", walk("--verb"));
    assertEquals(
        "scrubjay: option '--li=x' is ambiguous; possibilities:"
            + " '--license' '--listen' '--listen-backlog'",
        walk("--li=x"));
    // In memcached's order.
    assertEquals(
        "scrubjay: option '--m' is ambiguous; possibilities:"
            + " '--memory-limit' '--max-reqs-per-event' '--max-item-size' '--memory-file'",
        walk("--m"));
  }

  @Test
  void whatGetoptRefusesItNamesInItsOwnWords() {
    assertEquals("scrubjay: invalid option -- 'q'", walk("-q"));
    assertEquals("v<> scrubjay: invalid option -- 'x' v<>", walk("-vxv"));
    assertEquals("scrubjay: unrecognized option '--foo=1'", walk("--foo=1"));
    assertEquals("scrubjay: option requires an argument -- 'p'", walk("-p"));
    assertEquals("scrubjay: option '--port' requires an argument", walk("--po"));
    assertEquals(
        "scrubjay: option '--disable-cas' doesn't allow an argument", walk("--disable-c=3"));
  }

  @Test
  void everyFlagHasItsOwnLetterAndName() {
    var letters = new HashSet<Character>();
    var names = new HashSet<String>();
    for (Flag flag : Flag.values()) {
      assertTrue(letters.add(flag.letter), () -> "letter of " + flag);
      assertTrue(flag.longName.isEmpty() || names.add(flag.longName), () -> "name of " + flag);
    }
    assertEquals(37, letters.size());
  }
}
