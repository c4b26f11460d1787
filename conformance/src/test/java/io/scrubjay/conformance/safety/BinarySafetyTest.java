package io.scrubjay.conformance.safety;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Binary packets whose lengths lie, and stores that fail, byte for byte.
final class BinarySafetyTest {
  private static final int SET = 0x01;
  private static final int NOOP = 0x0a;
  private static final String STORE_EXTRAS = "\0".repeat(8);
  private static final int INVALID = 0x04;
  private static final int UNKNOWN = 0x81;

  private Subject server;

  @BeforeEach
  void start() throws IOException {
    server = Subject.start("-m", "64");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void bodyLengthsOfMoreThanAGibibyteCloseWhateverTheirSign() throws IOException {
    for (int body :
        new int[] {
          0x4000_0001, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xc000_0000, 0xffff_fff0, 0xffff_ffff
        }) {
      for (int opcode : new int[] {SET, 0x02, 0x0e, 0x11, 0x00, 0x05, NOOP, 0x10, 0x1c, 0x40}) {
        closes(packet(opcode, 0, 8, body, STORE_EXTRAS), refusal(opcode, INVALID));
        closes(packet(opcode, 1, 8, body, STORE_EXTRAS + "k"), refusal(opcode, INVALID));
      }
    }
  }

  @Test
  void aGibibyteIsSwallowedNotReserved() throws IOException {
    try (Peer peer = server.connect()) {
      peer.send(packet(SET, 1, 8, 0x4000_0000, STORE_EXTRAS + "k").getBytes(ISO_8859_1));
      peer.send(new byte[1 << 20]);
      server.bystander().isServed();
      peer.closeHard();
    }
  }

  @Test
  void keysAndExtrasThatDoNotFitTheBodyClose() throws IOException {
    String bytes = "x".repeat(300);
    for (int opcode : new int[] {0x00, SET, 0x04, 0x05, NOOP, 0x0e, 0x10, 0x1c, 0x40, 0xff}) {
      for (int[] lengths :
          new int[][] {{1, 0, 0}, {2, 0, 1}, {1, 8, 8}, {0, 8, 7}, {250, 8, 257}, {9, 255, 8}}) {
        String sent =
            packet(opcode, lengths[0], lengths[1], lengths[2], bytes)
                .substring(0, 24 + lengths[0] + lengths[1]);
        closes(sent, refusal(opcode, UNKNOWN));
      }
    }
  }

  @Test
  void shapesThatAnOpcodeDoesNotHaveClose() throws IOException {
    closes(packet(0x00, 1, 4, 5, "\0\0\0\0k"), refusal(0x00, INVALID));
    closes(packet(0x00, 1, 0, 2, "kv"), refusal(0x00, INVALID));
    closes(packet(SET, 1, 4, 5, "\0\0\0\0k"), refusal(SET, INVALID));
    closes(packet(SET, 0, 8, 8, STORE_EXTRAS), refusal(SET, INVALID));
    closes(packet(SET, 1, 9, 10, STORE_EXTRAS + "\0k"), refusal(SET, INVALID));
    closes(packet(0x05, 1, 8, 9, STORE_EXTRAS + "k"), refusal(0x05, INVALID));
    closes(packet(0x1c, 1, 0, 1, "k"), refusal(0x1c, INVALID));
    closes(packet(0x0e, 1, 8, 9, STORE_EXTRAS + "k"), refusal(0x0e, INVALID));
  }

  @Test
  void keysOf250BytesAreKeysAndOf251Close() throws IOException {
    String key = "k".repeat(250);
    try (Peer peer = server.connect()) {
      answers(peer, packet(SET, 250, 8, 260, STORE_EXTRAS + key + "ab"), reply(SET, 0, 3, "", ""));
      answers(peer, packet(0x0c, 250, 0, 250, key), hit(0x0c, key, "ab", 3));
      answers(peer, packet(0x04, 250, 0, 250, key), reply(0x04, 0, 0, "", ""));
      answers(peer, packet(0x0c, 250, 0, 250, key), reply(0x0c, 1, 0, key, ""));
    }
    for (int opcode : new int[] {0x00, 0x09, 0x0c, 0x04, 0x10, 0x40}) {
      closes(packet(opcode, 251, 0, 251, key + "k"), refusal(opcode, INVALID));
    }
    closes(packet(SET, 251, 8, 261, STORE_EXTRAS + key + "kab"), refusal(SET, INVALID));
  }

  @Test
  void emptyKeysCloseAndEmptyValuesAreValues() throws IOException {
    for (int opcode : new int[] {0x00, 0x04, 0x09, 0x0c, 0x0e}) {
      closes(packet(opcode, 0, 0, 0, ""), refusal(opcode, INVALID));
    }
    try (Peer peer = server.connect()) {
      answers(peer, packet(SET, 1, 8, 9, STORE_EXTRAS + "k"), reply(SET, 0, 3, "", ""));
      answers(peer, packet(0x0c, 1, 0, 1, "k"), hit(0x0c, "k", "", 3));
      answers(peer, packet(0x0e, 1, 0, 1, "k"), reply(0x0e, 0, 4, "", ""));
      answers(peer, packet(0x0f, 1, 0, 1, "k"), reply(0x0f, 0, 5, "", ""));
      answers(peer, packet(0x05, 1, 20, 21, "\0".repeat(20) + "k"), refusal(0x05, 0x06));
      answers(peer, packet(0x00, 1, 0, 1, "k"), hit(0x00, "", "", 5));
    }
  }

  /// Too large, compared in vain, there already, not there: each fails, and the next one works.
  @Test
  void storesThatFailAreToldAndTheConnectionGoesOn() throws IOException {
    String tooLarge = "v".repeat((1 << 20) + 1);
    int body = 9 + tooLarge.length();
    try (Peer peer = server.connect()) {
      for (int opcode : new int[] {SET, 0x11, 0x02, 0x12, 0x03, 0x13}) {
        answers(
            peer, packet(opcode, 1, 8, body, STORE_EXTRAS + "k" + tooLarge), refusal(opcode, 0x03));
      }
      answers(peer, packet(0x03, 1, 8, 10, STORE_EXTRAS + "kv"), refusal(0x03, 0x01));
      answers(peer, packet(SET, 1, 8, 10, STORE_EXTRAS + "kv", 99), refusal(SET, 0x01));
      answers(peer, packet(SET, 1, 8, 10, STORE_EXTRAS + "kv"), reply(SET, 0, 3, "", ""));
      answers(peer, packet(SET, 1, 8, 10, STORE_EXTRAS + "kw", 99), refusal(SET, 0x02));
      answers(peer, packet(0x02, 1, 8, 10, STORE_EXTRAS + "kw"), refusal(0x02, 0x02));
      answers(peer, packet(0x00, 1, 0, 1, "k"), hit(0x00, "", "v", 3));
      answers(peer, packet(SET, 1, 8, body, STORE_EXTRAS + "k" + tooLarge), refusal(SET, 0x03));
      answers(peer, packet(0x00, 1, 0, 1, "k"), refusal(0x00, 0x01));
    }
  }

  private void closes(String request, String answer) throws IOException {
    server.answersAndCloses(request.getBytes(ISO_8859_1), answer);
  }

  private static void answers(Peer peer, String request, String answer) throws IOException {
    peer.send(request + packet(NOOP, 0, 0, 0, ""));
    String expected = answer + reply(NOOP, 0, 0, "", "");
    assertEquals(expected, Subject.read(peer, expected.length()));
  }

  private static String packet(int opcode, int key, int extras, int body, String bytes) {
    return packet(opcode, key, extras, body, bytes, 0);
  }

  private static String packet(int opcode, int key, int extras, int body, String bytes, long cas) {
    return header(0x80, opcode, key, extras, 0, body, cas) + bytes;
  }

  private static String refusal(int opcode, int status) {
    String text =
        switch (status) {
          case 0x01 -> "Not found";
          case 0x02 -> "Data exists for key.";
          case 0x03 -> "Too large.";
          case INVALID -> "Invalid arguments";
          case 0x06 -> "Non-numeric server-side value for incr or decr";
          case UNKNOWN -> "Unknown command";
          default -> throw new AssertionError(status);
        };
    return reply(opcode, status, 0, "", text);
  }

  private static String reply(int opcode, int status, long cas, String key, String value) {
    int body = key.length() + value.length();
    return header(0x81, opcode, key.length(), 0, status, body, cas) + key + value;
  }

  private static String hit(int opcode, String key, String value, long cas) {
    int body = 4 + key.length() + value.length();
    return header(0x81, opcode, key.length(), 4, 0, body, cas) + "\0\0\0\0" + key + value;
  }

  private static String header(
      int magic, int opcode, int key, int extras, int status, int body, long cas) {
    byte[] bytes =
        ByteBuffer.allocate(24)
            .put((byte) magic)
            .put((byte) opcode)
            .putShort((short) key)
            .put((byte) extras)
            .put((byte) 0)
            .putShort((short) status)
            .putInt(body)
            .putInt(0x0a0b_0c0d)
            .putLong(cas)
            .array();
    return new String(bytes, ISO_8859_1);
  }
}
