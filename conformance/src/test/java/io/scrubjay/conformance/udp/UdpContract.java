package io.scrubjay.conformance.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.subject.Target;
import io.scrubjay.conformance.udp.UdpClient.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a client over UDP sees. Source: spec 5.3, Q-10.
@Timeout(30)
abstract class UdpContract {
  private static final int PAYLOAD_BYTES = 1392;
  private static final String VALUE = "VALUE k 0 2\r\nhi\r\n";
  private static final int OPAQUE = 0x01020304;

  private final Target target;
  private final UdpClient client;

  UdpContract(Target.Kind kind, List<String> flags) throws IOException {
    var all = new ArrayList<>(List.of("-U", "-1"));
    all.addAll(flags);
    target = kind.start(all);
    client = new UdpClient(target);
  }

  @BeforeEach
  void twoKeysAreStored() throws IOException {
    assertEquals(
        List.of(Answer.whole("STORED\r\n"), Answer.whole("STORED\r\n")),
        client.ask("set k 0 0 2\r\nhi\r\nset b 0 0 1\r\nx\r\n"));
  }

  @AfterEach
  void allIsClosed() throws IOException {
    client.close();
    target.close();
  }

  final void assertAnswers(String payload, String... wholes) throws IOException {
    List<Answer> expected = new ArrayList<>();
    for (String whole : wholes) {
      expected.add(whole.isEmpty() ? Answer.empty() : Answer.whole(whole));
    }
    assertEquals(expected, client.ask(payload), payload);
  }

  @Test
  void sequenceAndReservedAreNotLookedAt() throws IOException {
    assertEquals(List.of(Answer.whole(VALUE + "END\r\n")), client.ask(9, 1, -1, "get k\r\n"));
  }

  @Test
  void malformedFramesAreAnsweredBySilence() throws IOException {
    for (int count : new int[] {0, 2, 256, 65_535}) {
      assertEquals(List.of(), client.ask(0, count, 0, "get k\r\n"), "count " + count);
    }
    byte[] header = UdpClient.frame(1, 0, 1, 0, new byte[0]);
    for (int bytes = 0; bytes <= header.length; bytes++) {
      client.send(java.util.Arrays.copyOf(header, bytes));
    }
    assertEquals(List.of(), client.answers());
    assertAnswers("get k\r\n", VALUE + "END\r\n");
  }

  @Test
  void everyKeyOfAGetIsAResponseAndTheLastOneEndsIt() throws IOException {
    String b = "VALUE b 0 1\r\nx\r\n";
    assertAnswers("get k b\r\n", VALUE, b + "END\r\n");
    assertAnswers("get k none b\r\n", VALUE, b + "END\r\n");
    assertAnswers("get k none\r\n", VALUE, "END\r\n");
    assertAnswers("get none k\r\n", "", VALUE + "END\r\n");
    assertAnswers("get none\r\n", "END\r\n");
    assertAnswers("gat 0 k b\r\n", VALUE, b + "END\r\n");
  }

  @Test
  void aKeyThatIsTooLongTakesTheOthersBack() throws IOException {
    String error = "CLIENT_ERROR bad command line format\r\n";
    assertAnswers("get k " + "x".repeat(251) + "\r\n", error);
    assertAnswers("get k b " + "x".repeat(251) + " k\r\n", error);
  }

  /// More keys than are looked up at a stretch.
  @Test
  void aLongListOfKeysIsAnsweredWhole() throws IOException {
    assertAnswers("get k" + " none".repeat(3_000) + " k\r\n", VALUE, VALUE + "END\r\n");
  }

  /// More commands than a stretch serves, and more answers than are held before they are sent.
  @Test
  void manyCommandsOfADatagramAreAllAnswered() throws IOException {
    var answers = Collections.nCopies(600, "NOT_FOUND\r\n");
    assertAnswers("delete none\r\n".repeat(600), answers.toArray(String[]::new));
  }

  @Test
  void everyCommandOfADatagramIsAnsweredByItself() throws IOException {
    assertAnswers(
        "get k\r\nfoo\r\nmg k v\r\nmn\r\n",
        VALUE + "END\r\n",
        "ERROR\r\n",
        "VA 2\r\nhi\r\n",
        "MN\r\n");
    assertEquals(
        Collections.nCopies(50, Answer.whole(VALUE + "END\r\n")),
        client.ask("get k\r\n".repeat(50)));
  }

  @Test
  void noreplyAndQuietAreAnsweredBySilence() throws IOException {
    assertAnswers("set q 0 0 1 noreply\r\nx\r\n");
    assertAnswers("mg none v q\r\n");
    assertAnswers("delete q noreply\r\nget q\r\n", "END\r\n");
  }

  @Test
  void quitIsAnEmptyAnswerAndTheSocketStays() throws IOException {
    assertAnswers("quit\r\n", "");
    assertAnswers("quit\r\nget k\r\n", "");
    assertAnswers("get k\r\n", VALUE + "END\r\n");
  }

  @Test
  void aPartialCommandIsDiscarded() throws IOException {
    assertAnswers("get k\r\nget b", VALUE + "END\r\n");
    assertAnswers("get k\r\n", VALUE + "END\r\n");
    assertAnswers("none\r\n", "ERROR\r\n");
  }

  @Test
  void linesThatCloseAStreamAreSilent() throws IOException {
    assertAnswers("x".repeat(3000));
    assertAnswers("GET / HTTP/1.0\r\n\r\n");
    assertAnswers("get k\r\n", VALUE + "END\r\n");
  }

  @Test
  void aLongValueIsCutIntoDatagrams() throws IOException {
    String value = "v".repeat(5000);
    assertAnswers("set long 0 0 5000\r\n" + value + "\r\n", "STORED\r\n");
    String response = "VALUE long 0 5000\r\n" + value + "\r\n";
    assertEquals(cut(response + "END\r\n"), client.ask("get long\r\n"));
    List<Answer> twice = new ArrayList<>(cut(response));
    twice.addAll(cut(VALUE));
    twice.addAll(cut(response + "END\r\n"));
    assertEquals(twice, client.ask("get long k long\r\n"));
  }

  @Test
  void aResponseThatFillsItsDatagramsExactlyHasNoEmptyOne() throws IOException {
    int frame = "VALUE e 0 2756\r\n\r\nEND\r\n".length();
    int bytes = 2 * PAYLOAD_BYTES - frame;
    String value = "e".repeat(bytes);
    assertAnswers("set e 0 0 " + bytes + "\r\n" + value + "\r\n", "STORED\r\n");
    List<Answer> got = client.ask("get e\r\n");
    assertEquals(cut("VALUE e 0 " + bytes + "\r\n" + value + "\r\nEND\r\n"), got);
    assertEquals(2, got.size());
  }

  /// More than a turn's output holds at once, grown by what datagrams can carry.
  @Test
  void aValueOfManyDatagramsComesWhole() throws IOException {
    String part = "p".repeat(60_000);
    assertAnswers("set huge 0 0 60000\r\n" + part + "\r\n", "STORED\r\n");
    for (int i = 1; i < 10; i++) {
      assertAnswers("append huge 0 0 60000\r\n" + part + "\r\n", "STORED\r\n");
    }
    String response = "VALUE huge 0 600000\r\n" + part.repeat(10) + "\r\n";
    assertEquals(cut(response + "END\r\n"), client.ask("get huge\r\n"));
  }

  @Test
  void statisticsAreOneResponse() throws IOException {
    List<Answer> settings = client.ask("stats settings\r\n");
    assertEquals(settings.getFirst().count(), settings.size());
    String text = settings.stream().map(Answer::text).collect(Collectors.joining());
    assertTrue(text.contains("STAT udpport "), text);
    assertTrue(text.contains("STAT num_threads_per_udp 1\r\n"), text);
    assertTrue(text.endsWith("END\r\n"), text);
  }

  @Test
  void binaryIsToldByTheFirstByteOfEachDatagram() throws IOException {
    Answer hit = binary(0x00, 4, casOfK(), "\0\0\0\0hi");
    assertEquals(List.of(hit), client.ask(packet(0x00, "k")));
    assertAnswers("get k\r\n", VALUE + "END\r\n");
    assertEquals(List.of(hit), client.ask(packet(0x00, "k")));
    assertEquals(
        List.of(hit),
        client.ask(
            joined(
                packet(0x00, "k"),
                "get k\r\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))));
  }

  @Test
  void aQuietBinaryRequestIsAnEmptyAnswer() throws IOException {
    assertEquals(List.of(Answer.empty()), client.ask(packet(0x09, "none")));
    assertEquals(
        List.of(Answer.empty(), binary(0x09, 4, casOfK(), "\0\0\0\0hi"), binary(0x0a, 0, 0, "")),
        client.ask(joined(packet(0x09, "none"), packet(0x09, "k"), packet(0x0a, ""))));
  }

  @Test
  void binaryQuitDropsTheRest() throws IOException {
    assertEquals(
        List.of(binary(0x07, 0, 0, "")), client.ask(joined(packet(0x07, ""), packet(0x00, "k"))));
    assertEquals(List.of(Answer.empty()), client.ask(joined(packet(0x17, ""), packet(0x00, "k"))));
    assertAnswers("get k\r\n", VALUE + "END\r\n");
  }

  @Test
  void aPartialBinaryRequestIsDiscarded() throws IOException {
    byte[] packet = packet(0x00, "k");
    assertEquals(List.of(), client.ask(java.util.Arrays.copyOf(packet, packet.length - 1)));
    assertEquals(1, client.ask(packet).size());
  }

  final void assertDropped(String payload) throws IOException {
    assertAnswers(payload);
    assertAnswers("get k\r\n", VALUE + "END\r\n");
  }

  static List<Answer> cut(String response) {
    int count = (response.length() + PAYLOAD_BYTES - 1) / PAYLOAD_BYTES;
    List<Answer> cut = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int end = Math.min(response.length(), (i + 1) * PAYLOAD_BYTES);
      cut.add(new Answer(i, count, response.substring(i * PAYLOAD_BYTES, end)));
    }
    return cut;
  }

  private long casOfK() throws IOException {
    String line = client.ask("gets k\r\n").getFirst().text().split("\r\n", 2)[0];
    return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static byte[] packet(int opcode, String key) {
    return ByteBuffer.allocate(24 + key.length())
        .put((byte) 0x80)
        .put((byte) opcode)
        .putShort((short) key.length())
        .putInt(0)
        .putInt(key.length())
        .putInt(OPAQUE)
        .putLong(0)
        .put(key.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
        .array();
  }

  private static Answer binary(int opcode, int extras, long cas, String body) {
    byte[] header =
        ByteBuffer.allocate(24)
            .put((byte) 0x81)
            .put((byte) opcode)
            .putShort((short) 0)
            .put((byte) extras)
            .put((byte) 0)
            .putShort((short) 0)
            .putInt(body.length())
            .putInt(OPAQUE)
            .putLong(cas)
            .array();
    return Answer.whole(new String(header, java.nio.charset.StandardCharsets.ISO_8859_1) + body);
  }

  private static byte[] joined(byte[]... parts) {
    var all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
