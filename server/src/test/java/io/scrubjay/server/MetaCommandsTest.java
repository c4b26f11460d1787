package io.scrubjay.server;

import org.junit.jupiter.api.Test;

/// Section 3 of the behaviour inventory over a socket: flags, statuses, quiet forms, counters.
///
/// A store starts with CAS id 2.
final class MetaCommandsTest extends ServerAndClient {
  private void expect(String request, String... reply) {
    client.expect(request, reply);
  }

  @Test
  void missesEchoOpaqueAndKeyOnly() {
    expect("mg none v c f s t k O12", "EN knone O12");
    expect("mg none q v k");
    expect("md none k O1 q", "NF knone O1");
    expect("ma none k O1 q", "NF knone O1");
    expect("me none k O1", "EN");
  }

  @Test
  void hitsReturnWhatTheFlagsAskForInTheirOrder() {
    expect("ms key 5 F7 T100 c s k O9 b\r\nvalue", "CLIENT_ERROR error decoding key");
    expect("ms key 5 F7 T100 c s k O9\r\nvalue", "HD c2 s5 kkey O9");
    expect("mg key", "HD");
    expect("mg key q v", "VA 5", "value");
    expect("mg key O9 k s c f t v", "VA 5 O9 kkey s5 c2 f7 t100", "value");
    expect("mg key v C2 s", "HD s5");
    expect("mg key v C3 s", "VA 5 s5", "value");
  }

  @Test
  void accessFlagsTellTheTimeBeforeThisRequest() {
    expect("ms key 1\r\n1", "HD");
    clock.advanceSeconds(10);
    expect("mg key u h l", "HD h0 l10");
    expect("mg key h l", "HD h0 l10");
    expect("mg key h", "HD h1");
    expect("mg key h v", "VA 1 h1", "1");
  }

  @Test
  void touchFlagSplitsTheTimesToLive() {
    expect("ms key 1 T100\r\n1", "HD");
    expect("mg key t T30", "HD t100");
    expect("mg key T40 t", "HD t40");
    expect("mg key T0 t", "HD t-1");
    expect("mg key T-1", "HD");
    expect("mg key", "EN");
    expectStat("cmd_touch", 4);
    expectStat("touch_hits", 4);
    expectStat("touch_misses", 0);
    expect("mg none T30", "EN");
    expectStat("touch_misses", 0);
    expectStat("get_misses", 2);
    expectStat("get_hits", 0);
  }

  @Test
  void vivifyingMakesOneWinner() {
    expect("mg key N30 v t E55 c", "VA 0 t30 c55 W", "");
    expect("mg key N30 v c", "VA 0 c55 Z", "");
    expect("mg key", "HD Z");
    expect("ms key 2\r\nok", "HD");
    expect("mg key N30 v", "VA 2", "ok");
    expectStat("get_misses", 0);
    expectStat("get_hits", 4);
  }

  @Test
  void aDeadlineOfALaterTouchFlagIsTheVivifiedItems() {
    expect("mg a N30 T50 t", "HD t50 W");
    expect("mg b T50 N30 t", "HD t30 W");
    expect("ma c N30 T50 t", "HD t50");
    expect("ma d T50 N30 t", "HD t30");
  }

  @Test
  void anItemCloseToItsEndIsRecachedByOne() {
    expect("ms key 1 T30\r\n1", "HD");
    expect("mg key R30", "HD");
    expect("mg key R31", "HD W");
    expect("mg key R31 s", "HD s1 Z");
    expect("ms key 1 T30\r\n1", "HD");
    expect("mg key R25 T20", "HD");
    expect("ms key 1 T30\r\n1", "HD");
    expect("mg key T20 R25", "HD W");
    expect("ms key 1\r\n1", "HD");
    expect("mg key R1000", "HD");
  }

  @Test
  void invalidatedItemsAreStaleUntilStored() {
    expect("ms key 1 T100\r\n1", "HD");
    expect("md key I T30", "HD");
    expect("mg key v t", "VA 1 t30 X W", "1");
    expect("mg key v", "VA 1 Z X", "1");
    expect("md key I", "HD");
    expect("mg key t h", "HD t30 h1 X W");
    expect("ms key 1\r\n2", "HD");
    expect("mg key v", "VA 1", "2");
    expectStat("delete_hits", 0);
  }

  @Test
  void anOlderCasStoresStaleWithTheOldDeadlineAndWin() {
    expect("ms key 1 T100 c\r\n1", "HD c2");
    expect("ms key 1 C1 c\r\n2", "EX c0");
    expect("ms key 1 C1 I T5 c\r\n2", "HD c3");
    expect("mg key v t", "VA 1 t100 X W", "2");
    expect("ms key 1 C1 I\r\n3", "HD");
    expect("mg key v t", "VA 1 t100 Z X", "3");
    expect("ms key 1 C99 I\r\n4", "EX");
    expectStat("cas_badval", 2);
    expectStat("cas_hits", 2);
  }

  @Test
  void casNumbersAreUnsigned() {
    expect("ms key 1 E18446744073709551615 c\r\n1", "HD c18446744073709551615");
    expect("ms key 1 C9223372036854775807 I\r\n2", "HD");
    expect("mg key v", "VA 1 X W", "2");
  }

  @Test
  void aCasOfZeroIsNoItems() {
    expect("ms key 1\r\n1", "HD");
    expect("md key C0", "EX");
    expect("ms key 1 C0 I\r\n2", "EX");
    expect("mg key C0 v", "VA 1", "1");
  }

  @Test
  void compareAndSetFollowsTheMode() {
    expect("ms key 1 C5\r\n1", "NF");
    expect("ms key 1 MR C5\r\n1", "NF");
    expect("ms key 1 MA C5\r\n1", "NS");
    expect("ms key 1 ME C5 E50 c\r\n1", "HD c50");
    expect("ms key 1 ME C50 c k s O1\r\n1", "NS c0 kkey s1 O1");
    expect("ms key 1 C0\r\n1", "EX");
    expect("ms key 1 MA C99\r\n1", "EX");
    expect("ms key 1 MA C50 E60 c s\r\n2", "HD c60 s2");
    expect("ms key 1 MR C60 E70 c\r\n3", "HD c70");
    expect("mg key v", "VA 1", "3");
    expectStat("cas_misses", 2);
    expectStat("cas_badval", 1);
    expectStat("cas_hits", 1);
  }

  @Test
  void modesOfStorage() {
    expect("ms key 2 MR\r\nab", "NS");
    expect("ms key 2 MP q\r\nab", "NS");
    expect("ms key 2 ME q\r\nab");
    expect("ms key 2 Madd\r\nab", "CLIENT_ERROR invalid mode for ms M token");
    expect("ms key 2 M\r\nab", "CLIENT_ERROR invalid mode for ms M token");
    expect("ms key 2 MAppend s\r\ncd", "HD s4");
    expect("ms key 2 MP T5 F5\r\nxy", "HD");
    expect("mg key v t f", "VA 6 t-1 f0", "xyabcd");
    expect("ms new 2 MA N30 T9 F5 s\r\ncd", "HD s2");
    expect("ms new 2 MP N60\r\nab", "HD");
    expect("mg new v t f", "VA 4 t30 f5", "abcd");
  }

  @Test
  void storageErrorsAreToldInSpiteOfQuiet() {
    expect("ms key 2\r\nab", "HD");
    expect(
        "ms key 2 q\r\nabXX",
        "CLIENT_ERROR bad data chunk",
        "CLIENT_ERROR bad command line format");
    expect("mg key v", "VA 2", "ab");
    expect("ms key 2 q O" + "x".repeat(32) + "\r\nab", "CLIENT_ERROR opaque token too long");
    int bytes = 2 << 20;
    expect(
        "ms key " + bytes + " MA q\r\n" + "x".repeat(bytes),
        "SERVER_ERROR object too large for cache");
    expect("mg key", "EN");
    expectStat("store_too_large", 1);
  }

  @Test
  void aValueThatTricklesInKeepsItsFlags() {
    expect("ms other 1\r\n1", "HD");
    client.send("ms a2V5 4 b F3 Ltrailer O77 k s c P" + "p".repeat(300) + "\r\n");
    expectOther("mg b3RoZXI= b k v", "VA 1 kother", "1");
    client.send("va");
    expectOther(
        "ms bXVjaCBsb25nZXIgdGhhbiB0aGF0 1 b O1 k\r\n1", "HD O1 kbXVjaCBsb25nZXIgdGhhbiB0aGF0 b");
    expect("lu", "HD O77 ka2V5 b s4 c4");
    expect("mg key v k f", "VA 4 ka2V5 b f3", "valu");
  }

  private void expectOther(String request, String... reply) {
    Client mine = client;
    try (Client other = new Client(server)) {
      client = other;
      expect(request, reply);
    } finally {
      client = mine;
    }
  }

  @Test
  void deletesCompareEmptyOrMark() {
    expect("ms key 3 F7 T100 c\r\nabc", "HD c2");
    expect("md key C3 O1 k", "EX O1 kkey");
    expect("md key C3 q", "EX");
    expectStat("delete_misses", 2);
    expect("md key x", "HD");
    expect("mg key v f t c", "VA 0 f0 t-1 c2", "");
    expect("md key x F9 T30 E40 q");
    expect("mg key s f t c", "HD s0 f9 t30 c40");
    expect("ms key 3\r\nabc", "HD");
    expect("md key x I T60 O5", "HD O5");
    expect("mg key s t", "HD s0 t60 X W");
    expectStat("delete_hits", 2);
    expect("md key I E90", "HD");
    expect("mg key c", "HD c90 X W");
    expect("md key C90 q");
    expect("md key q k", "NF kkey");
    expectStat("delete_hits", 3);
    expectStat("delete_misses", 3);
  }

  @Test
  void arithmeticAnswersNumbersAndFlags() {
    expect("ma n N0 J13 k t O1", "HD kn t-1 O1");
    expect("ma n v k c", "VA 2 kn c3", "14");
    expect("ma n v D10 M+", "VA 2", "24");
    expect("ma n v MD D20", "VA 1", "4");
    expect("mg n v s", "VA 2 s2", "4 ");
    expect("ma n Mdecr", "CLIENT_ERROR invalid mode for ma M token");
    expect("ma n M- D9 q");
    expect("ma n v q D0");
    expect("ma n t T30", "HD t-1");
    expect("ma n MD T30 t", "HD t30");
    expect("ma n C1 q", "EX");
    expect("ma n E500 c", "HD c500");
    expect("ma n C500 v", "VA 1", "2");
    expect("ma bg== b v k", "VA 1 kbg== b", "3");
    expect("ms word 3\r\nabc", "HD");
    expect("ma word q", "CLIENT_ERROR cannot increment or decrement non-numeric value");
    expect("ma none q MD", "NF");
    expectStat("incr_misses", 0);
    expectStat("decr_misses", 1);
  }

  @Test
  void arithmeticRefusesInItsOwnWords() {
    String refusal = "CLIENT_ERROR invalid or duplicate flag";
    expect("ma n v v", refusal);
    expect("ma n y", refusal);
    expect("ma n Dx", refusal);
    expect("ma " + "k".repeat(251), refusal);
    expect("ma", "CLIENT_ERROR bad command line format");
  }

  @Test
  void keysStoredInBase64AreEchoedInBase64() {
    expect("ms AAEC 1 b k\r\n1", "HD kAAEC b");
    expect("mg \0\1\2 k v", "VA 1 kAAEC b", "1");
    expect("mg AAEC b k", "HD kAAEC b");
    expect("mg YWJj k b N5", "HD kYWJj b W");
    expect("mg abc k", "HD kYWJj b Z");
    expect("md YWJj b k", "HD kYWJj b");
    expect("mg abc b", "CLIENT_ERROR error decoding key");
  }

  @Test
  void debugTellsWithoutCountingAsAccess() {
    expect("ms key 3 T100\r\nabc", "HD");
    clock.advanceSeconds(5);
    expect("me key", "ME key exp=95 la=5 cas=2 fetch=no cls=1 size=65");
    expect("me key", "ME key exp=95 la=5 cas=2 fetch=no cls=1 size=65");
    expect("mg key", "HD");
    expect("me key", "ME key exp=95 la=5 cas=2 fetch=yes cls=1 size=65");
    expect("mg key", "HD");
    expect("me key", "ME key exp=95 la=0 cas=2 fetch=yes cls=1 size=65");
    expect("me a2V5 b", "ME key exp=95 la=0 cas=2 fetch=yes cls=1 size=65");
    expect("me", "CLIENT_ERROR bad command line format");
    expect("me " + "k".repeat(251), "CLIENT_ERROR bad command line format");
    expectStat("cmd_meta", 5);
    expectStat("cmd_get", 2);
  }

  @Test
  void linesThatAreWrongAreRefusedInOrder() {
    String bad = "CLIENT_ERROR bad command line format";
    expect("mg", bad);
    expect("ms key", bad);
    expect("ms key x", bad);
    expect("mx key", "ERROR");
    expect("mg key ~", bad);
    expect("mg key v v", "CLIENT_ERROR duplicate flag");
    expect("mg key S", "CLIENT_ERROR invalid flag");
    expect("mg key Tx", "CLIENT_ERROR bad token in command line format");
    expect("mg key Fx", bad);
    expect("mg key Jx", "CLIENT_ERROR invalid numeric initial value");
    expect("mg key Dx", "CLIENT_ERROR invalid numeric delta value");
    expect("mg key Dx Tx Fx", "CLIENT_ERROR bad token in command line format");
    expect("mg key Dx y", "CLIENT_ERROR invalid flag");
    expect(
        "mg key b c d e f g h i j k l m n o p q r s t u v",
        "CLIENT_ERROR options flags are too long");
    expect("ms key 2 S\r\nab", "CLIENT_ERROR invalid flag");
    expect("mg " + "k".repeat(251), bad);
    expect("mg" + " ".repeat(12_000) + "none", "EN");
  }

  @Test
  void valuesLargerThanAnyBufferKeepTheirFlags() {
    String large = "x".repeat(700_000);
    expect("ms large 700000 s c\r\n" + large, "HD s700000 c2");
    expect("mg large h v s O1", "VA 700000 h0 s700000 O1", large);
    expect("mg large h v T60 t", "VA 700000 h1 t60", large);
    expect("md large I", "HD");
    expect("mg large v\r\nmg large v", "VA 700000 X W", large, "VA 700000 Z X", large);
    String middle = "y".repeat(40_000);
    expect("ms middle 40000\r\n" + middle, "HD");
    expect(
        "mg middle v h\r\nmg middle v h\r\nmg middle h",
        "VA 40000 h0",
        middle,
        "VA 40000 h1",
        middle,
        "HD h1");
  }
}
