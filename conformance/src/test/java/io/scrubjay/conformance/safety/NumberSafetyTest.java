package io.scrubjay.conformance.safety;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers that are missing, signed, padded, too long, or no numbers, wherever one may stand.
final class NumberSafetyTest {
  private static final String BAD_LINE = "CLIENT_ERROR bad command line format\r\n";
  private static final String BAD_TOKEN = "CLIENT_ERROR bad token in command line format\r\n";
  private static final String NOT_NUMERIC =
      "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n";

  /// Nothing that the strict reader (spec T-07) takes, whatever the width.
  private static final List<String> NO_NUMBERS =
      List.of(
          "+1",
          "-",
          "--1",
          "1x",
          "x",
          "1.5",
          "0x10",
          "1e3",
          "1\0",
          "\t1",
          "1\r",
          "\u00b2",
          "9".repeat(20),
          "9".repeat(21),
          "9".repeat(22),
          "9".repeat(23),
          "9".repeat(300));

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
  void metaFlagsRefuseWhatIsNoNumber() throws IOException {
    try (Peer peer = server.connect()) {
      for (String token : NO_NUMBERS) {
        for (String flag : List.of("N", "T", "R", "C", "E")) {
          Subject.answers(peer, "mg k v " + flag + token + "\r\n", BAD_TOKEN);
          Subject.answers(peer, "mg k " + flag + token + " v\r\n", BAD_TOKEN);
        }
        Subject.answers(peer, "ms k 2 F" + token + "\r\nab\r\n", BAD_LINE);
        for (String flag : List.of("J", "D", "N", "T", "C", "E")) {
          Subject.answers(
              peer, "ma k " + flag + token + "\r\n", "CLIENT_ERROR invalid or duplicate flag\r\n");
        }
      }
    }
  }

  @Test
  void metaFlagsWithoutTheirNumberAreRefused() throws IOException {
    try (Peer peer = server.connect()) {
      for (String flag : List.of("N", "T", "R", "C", "E")) {
        Subject.answers(peer, "mg k v " + flag + "\r\n", BAD_TOKEN);
        Subject.answers(peer, "mg k " + flag + " v\r\n", BAD_TOKEN);
        Subject.answers(peer, "mg k " + flag + "\n", BAD_TOKEN);
      }
      Subject.answers(peer, "ms k 2 F\r\nab\r\n", BAD_LINE);
      Subject.answers(peer, "ma k D\r\n", "CLIENT_ERROR invalid or duplicate flag\r\n");
      Subject.answers(peer, "ms k 2 M\r\nab\r\n", "CLIENT_ERROR invalid mode for ms M token\r\n");
    }
  }

  @Test
  void metaFlagsTakeTheirLargestNumbers() throws IOException {
    String most = "18446744073709551615";
    server.answers("ms k 2 F4294967295 E" + most + "\r\nab\r\n", "HD\r\n");
    server.answers("mg k f c v\r\n", "VA 2 f4294967295 c" + most + "\r\nab\r\n");
    server.answers("ms k 2 F4294967296\r\nab\r\n", BAD_LINE);
    server.answers("ms k 2 E18446744073709551616\r\nab\r\n", BAD_TOKEN);
    server.answers("mg k T2147483648\r\n", BAD_TOKEN);
    server.answers("mg k T-2147483649\r\n", BAD_TOKEN);
    server.answers("mg k T-2147483648\r\n", "HD\r\n");
    server.answers("mg k v\r\n", "EN\r\n");
    server.answers("ma n N0 J" + most + " v\r\n", "VA 20\r\n" + most + "\r\n");
    server.answers("ma n D" + most + " v\r\n", "VA 20\r\n18446744073709551614\r\n");
  }

  @Test
  void lenientNumbersOfStoresAreReadAsCReadsThem() throws IOException {
    server.answers("set k +5 +0 1\r\na\r\n", "STORED\r\n");
    server.answers("get k\r\n", "VALUE k 5 1\r\na\r\nEND\r\n");
    server.answers("set k 4294967297 4294967296 1\r\nb\r\n", "STORED\r\n");
    server.answers("get k\r\n", "VALUE k 1 1\r\nb\r\nEND\r\n");
    for (String word : List.of("-1", "x", "1x", "+", "-", "+-1", "\t", "9".repeat(21))) {
      server.answers("set k " + word + " 0 1\r\nc\r\n", BAD_LINE);
    }
    for (String word : List.of("x", "1x", "+", "-", "--1", "9".repeat(20), "9".repeat(300))) {
      server.answers("set k 0 " + word + " 1\r\nc\r\n", BAD_LINE);
    }
    server.answers("get k\r\n", "VALUE k 1 1\r\nb\r\nEND\r\n");
  }

  @Test
  void strictNumbersOfCommandsRefuseWhatIsNoNumber() throws IOException {
    server.answers("set n 0 0 1\r\n5\r\n", "STORED\r\n");
    try (Peer peer = server.connect()) {
      for (String word : NO_NUMBERS) {
        String bad = "CLIENT_ERROR invalid exptime argument\r\n";
        String end = word.endsWith("\r") ? "x\r\n" : "\r\n";
        Subject.answers(peer, "touch n " + word + end, bad);
        Subject.answers(peer, "gat " + word + " n\r\n", bad);
        Subject.answers(peer, "flush_all " + word + end, bad);
        Subject.answers(peer, "set n 0 0 " + word + end, BAD_LINE);
        Subject.answers(peer, "ms n " + word + end, BAD_LINE);
        Subject.answers(
            peer, "incr n " + word + end, "CLIENT_ERROR invalid numeric delta argument\r\n");
        Subject.answers(peer, "cas n 0 0 1 " + word + end + "x\r\n", BAD_LINE);
        Subject.answers(peer, "verbosity " + word + end, BAD_LINE);
      }
      Subject.answers(peer, "get n\r\n", "VALUE n 0 1\r\n5\r\nEND\r\n");
    }
  }

  /// The error waits for a value that never comes whole (spec T-25), and nothing is kept of it.
  @Test
  void lengthsThatNobodyHasMemoryForAreNotTakenAtTheirWord() throws IOException {
    String tooLarge = "SERVER_ERROR object too large for cache\r\n";
    for (String length : List.of("1073741824", "2147483645")) {
      try (Peer peer = server.connect()) {
        peer.send("set k 0 0 " + length + "\r\n");
        peer.send(new byte[1 << 20]);
        server.bystander().isServed();
        assertEquals(0, peer.readArrived().length);
      }
      try (Peer peer = server.connect()) {
        peer.send("ms k " + length + "\r\n");
        server.bystander().isServed();
      }
    }
    for (String length : List.of("2147483646", "2147483647", "2147483648", "4294967295", "-1")) {
      server.answers("set k 0 0 " + length + "\r\n", BAD_LINE);
      server.answers("ms k " + length + "\r\n", BAD_LINE);
    }
    int tooMuch = (1 << 20) + 1;
    String block = "v".repeat(tooMuch) + "\r\n";
    server.answers("set k 0 0 " + tooMuch + "\r\n" + block, tooLarge);
    server.answers("ms k " + tooMuch + "\r\n" + block, tooLarge);
  }

  @Test
  void countersReadOddValuesAsCReadsThem() throws IOException {
    String most = "18446744073709551615";
    incremented("5", "6");
    incremented("+5", "6");
    incremented("  5", "6");
    incremented("5 x", "6");
    incremented("0".repeat(25) + "5", "6");
    incremented(most, "0");
    for (String value :
        List.of(
            "",
            " ",
            "+",
            "-",
            "x",
            "5x",
            "-5",
            "5.",
            "\0",
            "1844674407370955161" + "6",
            "9".repeat(20),
            "9".repeat(21),
            "9".repeat(1000),
            " ".repeat(1000))) {
      store(value);
      server.answers("incr n 1\r\n", NOT_NUMERIC);
      server.answers("decr n 1\r\n", NOT_NUMERIC);
      server.answers("ma n v\r\n", NOT_NUMERIC);
      server.answers("get n\r\n", "VALUE n 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n");
    }
  }

  private void incremented(String value, String next) throws IOException {
    store(value);
    server.answers("incr n 1\r\n", next + "\r\n");
  }

  private void store(String value) throws IOException {
    byte[] bytes = value.getBytes(ISO_8859_1);
    server.answers("set n 0 0 " + bytes.length + "\r\n" + value + "\r\n", "STORED\r\n");
  }
}
