package io.scrubjay.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {
  /// One batch of three gets of three keys; keys are the same number, as there is only one.
  private static final Workload GETS = new Workload(1, 3, 0, 20, 1, 10, 0, 3, 1, 7, false);

  private static final Workload SETS = new Workload(1, 3, 1, 20, 1, 10, 0, 1, 1, 7, false);

  private static String item() {
    return "VALUE k000000000 0 20\r\n00000000ijklmnopqrst\r\n";
  }

  private static String hit() {
    return item().repeat(3) + "END\r\n";
  }

  private static AnswerReader reader(Workload workload) {
    var reader = new AnswerReader(workload, RequestTape.record(workload, Arena.ofAuto()));
    reader.expectBatch(0);
    return reader;
  }

  private static int check(AnswerReader reader, String answer) {
    return reader.check(segment(answer), 0, answer.length());
  }

  private static MemorySegment segment(String answer) {
    return MemorySegment.ofArray(answer.getBytes(US_ASCII));
  }

  @Test
  void answersThatComeInTwoPiecesAreFollowedAtEverySplitPoint() {
    for (Workload workload : new Workload[] {GETS, SETS}) {
      String answer = workload.setShare() == 0 ? hit().repeat(3) : "STORED\r\n".repeat(3);
      for (int cut = 0; cut <= answer.length(); cut++) {
        var reader = reader(workload);
        int from = reader.check(segment(answer), 0, cut);
        int answered = reader.answered();
        assertNotEquals(AnswerReader.WRONG, from, "cut at " + cut);
        int end = reader.check(segment(answer), from, answer.length());
        assertEquals(answer.length(), end, "cut at " + cut);
        assertEquals(3, answered + reader.answered(), "cut at " + cut);
        assertTrue(reader.batchComplete());
      }
    }
  }

  @Test
  void anyByteChangedOutsideTheValuesMiddleIsSeen() {
    String answer = hit();
    int item = item().length();
    for (int at = 0; at < answer.length(); at++) {
      int inItem = at % item;
      boolean keyPrefix = inItem >= 6 && inItem < 8;
      boolean valueMiddle = inItem >= 31 && inItem < 43;
      if (at < 3 * item && (keyPrefix || valueMiddle)) {
        continue; // not compared: lengths and marks tell enough
      }
      var changed = new StringBuilder(answer);
      changed.setCharAt(at, '#');
      assertEquals(
          AnswerReader.WRONG, check(reader(GETS), changed.toString()), "changed byte " + at);
    }
  }

  @Test
  void errorLinesAreWrongHoweverShort() {
    for (String error : new String[] {"ERROR\r\n", "SERVER_ERROR out\r\n", "E#", "STORE#"}) {
      assertEquals(AnswerReader.WRONG, check(reader(GETS), error), error);
      assertEquals(AnswerReader.WRONG, check(reader(SETS), error), error);
    }
  }

  @Test
  void bytesBeyondTheBatchAreWrong() {
    assertEquals(AnswerReader.WRONG, check(reader(SETS), "STORED\r\n".repeat(3) + "S"));
  }

  @Test
  void missesAreWrongUnlessAllowed() {
    String oneMissing = item().repeat(2) + "END\r\n";
    assertEquals(AnswerReader.WRONG, check(reader(GETS), oneMissing));
    var reader = reader(new Workload(1, 3, 0, 20, 1, 10, 0, 3, 1, 7, true));
    assertEquals(oneMissing.length(), check(reader, oneMissing));
    assertEquals(1, reader.misses());
  }

  @Test
  void requestsAreWhatAMemcachedReads() {
    var format = new WireFormat(GETS);
    var wire = new ByteArrayOutputStream();
    format.appendGet(new int[] {1, 23}, wire);
    format.appendSet(4, wire);
    assertEquals(
        "get k000000001 k000000023\r\nset k000000004 0 0 20\r\n00000004ijklmnopqrst\r\n",
        wire.toString(US_ASCII));
  }
}
