package io.scrubjay.conformance.safety;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Keys that come as base64: every length, and every way of not being base64.
final class Base64KeySafetyTest {
  private static final long SEED = 20_261_122;

  /// The longest text of a key, 250 bytes, is no multiple of four.
  private static final int DECODED_BYTES_MAX = 248 / 4 * 3;

  private static final String BAD_KEY = "CLIENT_ERROR error decoding key\r\n";

  @Test
  void keysOfEveryLengthComeBackAsTheyWere() throws IOException {
    var random = new Random(SEED);
    try (Subject server = Subject.start();
        Peer peer = server.connect()) {
      for (int length = 1; length <= DECODED_BYTES_MAX; length++) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        String key = Base64.getEncoder().encodeToString(bytes);
        Subject.answers(peer, "ms " + key + " 2 b k\r\nab\r\n", "HD k" + key + " b\r\n");
        Subject.answers(peer, "mg " + key + " b k v\r\n", "VA 2 k" + key + " b\r\nab\r\n");
        Subject.answers(peer, "md " + key + " b k\r\n", "HD k" + key + " b\r\n");
        Subject.answers(peer, "mg " + key + " b k\r\n", "EN k" + key + " b\r\n");
      }
      String tooLong = "A".repeat(252);
      Subject.answers(peer, "mg " + tooLong + " b\r\n", "CLIENT_ERROR bad command line format\r\n");
    }
  }

  @Test
  void whatIsNoBase64IsRefused() throws IOException {
    try (Subject server = Subject.start();
        Peer peer = server.connect()) {
      for (int length = 1; length <= 250; length++) {
        if (length % 4 != 0) {
          Subject.answers(peer, "mg " + "A".repeat(length) + " b\r\n", BAD_KEY);
        }
      }
      for (String key :
          List.of(
              "=",
              "==",
              "===",
              "====",
              "A===",
              "=AAA",
              "AA=A",
              "A=AA",
              "AAAA=",
              "AAAA====",
              "AA==AAAA",
              "A-_A",
              "A\0AA",
              "A\tAA",
              "\u00ff\u00ff\u00ff\u00ff")) {
        Subject.answers(peer, "mg " + key + " b\r\n", BAD_KEY);
        Subject.answers(peer, "ms " + key + " 2 b\r\nab\r\n", BAD_KEY);
        byte[] text = key.getBytes(ISO_8859_1);
        Subject.answers(peer, "mg " + new String(text, ISO_8859_1) + "\r\n", "EN\r\n");
      }
    }
  }
}
