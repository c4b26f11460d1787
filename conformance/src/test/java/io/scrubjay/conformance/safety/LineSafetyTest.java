package io.scrubjay.conformance.safety;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lines of nothing, of spaces, and of words as long as they may be or longer.
final class LineSafetyTest {
  private static final String BAD_LINE = "CLIENT_ERROR bad command line format\r\n";

  private Subject server;

  @BeforeEach
  void start() throws IOException {
    server = Subject.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void blankLinesAreAnsweredOneByOne() throws IOException {
    server.answers("\n", BAD_LINE);
    server.answers("\r\n", BAD_LINE);
    server.answers("\r\r\n", BAD_LINE);
    server.answers("\n\n\r\n", BAD_LINE.repeat(3));
    server.answers("\0\n", BAD_LINE);
    server.answers("\r\n".repeat(1000), BAD_LINE.repeat(1000));
  }

  @Test
  void linesOfSpacesOfEveryLengthAreAnswered() throws IOException {
    try (Peer peer = server.connect()) {
      for (int spaces = 0; spaces < 300; spaces++) {
        String line = " ".repeat(spaces);
        Subject.answers(peer, line + "\r\n", spaces < 2 ? BAD_LINE : "ERROR\r\n");
        Subject.answers(peer, line + "\n", spaces < 3 ? BAD_LINE : "ERROR\r\n");
      }
      Subject.answers(peer, " ".repeat(2_000) + "\r\n", "ERROR\r\n");
    }
  }

  @Test
  void spacesBehindACommandAreNoArguments() throws IOException {
    try (Peer peer = server.connect()) {
      for (int spaces : new int[] {1, 2, 7, 8, 9, 63, 64, 65, 600}) {
        String gap = " ".repeat(spaces);
        for (String verb : List.of("get", "gets", "gat", "set", "incr", "touch", "delete")) {
          Subject.answers(peer, verb + gap + "\r\n", BAD_LINE);
        }
        for (String verb : List.of("mg", "ms", "md", "ma", "me")) {

          Subject.answers(peer, verb + gap + "\r\n", BAD_LINE);
        }
        Subject.answers(peer, "ms" + gap + "k" + gap + "\r\n", BAD_LINE);
        Subject.answers(peer, "get" + gap + "k" + gap + "\r\n", "END\r\n");
        Subject.answers(peer, "mg" + gap + "k" + gap + "v" + gap + "\r\n", "EN\r\n");
      }
    }
  }

  @Test
  void twentyThousandSpacesClose() throws IOException {
    server.answersAndCloses(" ".repeat(20_000).getBytes(ISO_8859_1), "");
    server.answersAndCloses(("set" + " ".repeat(20_000)).getBytes(ISO_8859_1), "");
    server.answersAndCloses(("mg k" + " ".repeat(20_000)).getBytes(ISO_8859_1), "");
  }

  @Test
  void keysOf250BytesAreKeysAndOf251AreNot() throws IOException {
    String prefix = "k".repeat(248);
    for (String key : List.of(prefix + "1", prefix + "12")) {
      server.answers("set " + key + " 1 0 2\r\n10\r\n", "STORED\r\n");
      server.answers("get " + key + "\r\n", "VALUE " + key + " 1 2\r\n10\r\nEND\r\n");
      server.answers("incr " + key + " 1\r\n", "11\r\n");
      server.answers("touch " + key + " 0\r\n", "TOUCHED\r\n");
      server.answers("mg " + key + " k v\r\n", "VA 2 k" + key + "\r\n11\r\n");
      server.answers("ma " + key + " k\r\n", "HD k" + key + "\r\n");
      server.answers("md " + key + " k\r\n", "HD k" + key + "\r\n");
      server.answers("delete " + key + "\r\n", "NOT_FOUND\r\n");
    }
    for (int length : new int[] {251, 252, 255, 256, 257, 1000, 2000}) {
      String key = "k".repeat(length);
      server.answers("set " + key + " 1 0 2\r\n10\r\n", BAD_LINE);
      server.answers("get " + key + "\r\n", BAD_LINE);
      server.answers("get a " + key + " b\r\n", BAD_LINE);
      server.answers("gat 0 " + key + "\r\n", BAD_LINE);
      server.answers("incr " + key + " 1\r\n", BAD_LINE);
      server.answers("touch " + key + " 0\r\n", BAD_LINE);
      server.answers("delete " + key + "\r\n", BAD_LINE);
      server.answers("mg " + key + " k v\r\n", BAD_LINE);
      server.answers("ms " + key + " 2\r\n10\r\n", BAD_LINE);
      server.answers("md " + key + "\r\n", BAD_LINE);
      server.answers("me " + key + "\r\n", BAD_LINE);
      server.answers("ma " + key + "\r\n", "CLIENT_ERROR invalid or duplicate flag\r\n");
    }
  }

  /// As a client sends its name and password where `-Y` is on.
  @Test
  void aTokenOfAnySizeIsAValueLikeAnother() throws IOException {
    for (int bytes :
        new int[] {0, 1, 2, 255, 256, 257, 2047, 2048, 2049, 65_535, 65_536, 900_000}) {
      String token = "u".repeat(bytes);
      server.answers("set auth 0 0 " + bytes + "\r\n" + token + "\r\n", "STORED\r\n");
      server.answers("get auth\r\n", "VALUE auth 0 " + bytes + "\r\n" + token + "\r\nEND\r\n");
    }
  }

  @Test
  void emptyValuesAreValues() throws IOException {
    server.answers("set k 7 0 0\r\n\r\n", "STORED\r\n");
    server.answers("get k\r\n", "VALUE k 7 0\r\n\r\nEND\r\n");
    server.answers("append k 0 0 0\r\n\r\n", "STORED\r\n");
    server.answers("prepend k 0 0 0\r\n\r\n", "STORED\r\n");
    server.answers("mg k s v\r\n", "VA 0 s0\r\n\r\n");
    server.answers("ms k 0 MA\r\n\r\n", "HD\r\n");
    server.answers(
        "incr k 1\r\n", "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n");
    // two bytes are the value's end, the newline that is left over is a line
    server.answers("set k 0 0 0\r\nx\r\n", "CLIENT_ERROR bad data chunk\r\n" + BAD_LINE);
  }
}
