package io.scrubjay.conformance.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.subject.Target;
import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each kind of bad input, then: the bystander was served, a newcomer is served, the connections
/// are given back, and nothing of theirs is kept.
abstract class BadInputContract {
  private static final long SEED = 20_261_122;
  private static final int MEBIBYTE = 1 << 20;

  private final Target.Kind kind;
  private Target target;
  private Bystander bystander;

  BadInputContract(Target.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void start() throws IOException {
    target = kind.start(List.of("-m", "64"));
    bystander = new Bystander(target.port());
  }

  @AfterEach
  void nobodyWasDisturbedAndNothingIsKept() throws IOException {
    try {
      bystander.isServed();
      try (var newcomer = connect()) {
        assertTrue(newcomer.ask("version").startsWith("VERSION "));
      }
      bystander.seesEveryoneElseGone();
      bystander.close();
      target.assertNothingLeaked();
    } finally {
      target.close();
    }
  }

  private Peer connect() throws IOException {
    return Peer.connect(target.port());
  }

  @Test
  void randomBytesAreAnsweredOrTheConnectionCloses() throws IOException {
    var random = new Random(SEED);
    for (int client = 0; client < 200; client++) {
      var bytes = new byte[random.nextInt(1, 5_000)];
      random.nextBytes(bytes);
      sendAndReadToClose(bytes, "seed " + SEED + ", client " + client);
    }
  }

  @Test
  void randomLinesOfKnownWordsAreAnsweredOrTheConnectionCloses() throws IOException {
    String[] words = {
      "get",
      "gets",
      "gat",
      "set",
      "add",
      "cas",
      "append",
      "incr",
      "decr",
      "touch",
      "delete",
      "stats",
      "verbosity",
      "mg",
      "ms",
      "md",
      "ma",
      "me",
      "mn",
      "key",
      "noreply",
      "0",
      "-1",
      "5",
      "4294967296",
      "99999999999999999999",
      "\0",
      "\t",
      "\r",
      "\r\n",
      "\n",
      "",
      "HTTP/1.1"
    };
    var random = new Random(SEED);
    for (int client = 0; client < 200; client++) {
      var text = new StringBuilder();
      for (int word = random.nextInt(1, 300); word > 0; word--) {
        text.append(words[random.nextInt(words.length)]);
        text.append(random.nextInt(6) == 0 ? "\r\n" : " ");
      }
      sendAndReadToClose(text.toString().getBytes(ISO_8859_1), "seed " + SEED + ", " + client);
    }
  }

  private void sendAndReadToClose(byte[] bytes, String which) throws IOException {
    try (var peer = connect()) {
      try {
        peer.send(bytes);
        peer.endOutput();
      } catch (SocketException _) {
        return; // closed before it was all sent
      }
      peer.readToClose();
    } catch (IOException e) {
      throw new AssertionError(which, e);
    }
  }

  @Test
  void halfRequestsAreForgotten() throws IOException {
    byte[] request = "set half 0 0 10\r\n0123456789\r\n".getBytes(ISO_8859_1);
    for (int length = 1; length < request.length; length++) {
      try (var peer = connect()) {
        peer.send(request, 0, length);
        peer.endOutput();
        assertArrayEquals(new byte[0], peer.readToClose(), "after " + length + " bytes");
      }
    }
    try (var peer = connect()) {
      assertEquals("END", peer.ask("get half"));
    }
  }

  @Test
  void aClientThatVanishesInMidValueLeavesTheOldOne() throws IOException {
    for (int bytes : new int[] {10, 5_000, 100_000, 900_000}) {
      for (int i = 0; i < 20; i++) {
        try (var peer = connect()) {
          peer.send("set kept 0 0 3\r\n");
          assertEquals("STORED", peer.ask("old"));
          peer.send("set kept 0 0 " + bytes + "\r\n");
          peer.send(new byte[bytes / 2]);
          peer.closeHard();
        }
      }
    }
    try (var peer = connect()) {
      assertEquals("VALUE kept 0 3", peer.ask("get kept"));
    }
  }

  /// Seventy clients hold a third of memory each in unfinished values; when they are gone it is
  /// there for others.
  @Test
  void memoryOfUnfinishedValuesComesBack() throws IOException {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 70; i++) {
        try (var peer = connect()) {
          peer.send("set unfinished" + i + " 0 0 900000\r\n");
          peer.send(new byte[450_000]);
          peer.closeHard();
        }
      }
    }
    bystander.seesEveryoneElseGone();
    try (var peer = connect()) {
      peer.send("set finished 0 0 900000\r\n");
      peer.send(new byte[900_000]);
      assertEquals("STORED", peer.ask(""));
    }
    assertEquals(2, bystander.statistic("curr_items"));
  }

  /// It asks for 4 GB and reads nothing. Its requests stay in the kernel's buffers, or the answers
  /// stay in a bounded number of the server's.
  @Test
  void aClientThatNeverReadsIsHeldBack() throws Exception {
    try (var peer = connect()) {
      peer.send("set big 0 0 " + MEBIBYTE / 2 + "\r\n");
      peer.send(new byte[MEBIBYTE / 2]);
      assertEquals("STORED", peer.ask(""));
      long before = target.residentBytes();
      peer.send("get big big big big\r\n".repeat(2_000));
      for (int i = 0; i < 200; i++) {
        bystander.isServed();
      }
      long grown = target.residentBytes() - before;
      assertTrue(grown < 128L * MEBIBYTE, () -> "grew by " + grown + " bytes");
      peer.closeHard();
    }
  }

  @Test
  void aGibibyteThatNeverComesCostsNothing() throws IOException {
    long before = target.residentBytes();
    for (String length : List.of("1073741824", "2147483645")) {
      try (var peer = connect()) {
        peer.send("set huge 0 0 " + length + "\r\n");
        peer.send(new byte[MEBIBYTE]);
        bystander.isServed();
        peer.closeHard();
      }
    }
    long grown = target.residentBytes() - before;
    assertTrue(grown < 64L * MEBIBYTE, () -> "grew by " + grown + " bytes");
  }

  @Test
  void anEndlessLineIsCutOff() throws IOException {
    for (String start : List.of("x", "set k 0 0 ", " ", "gat 0 k ", "stats ")) {
      try (var peer = connect()) {
        byte[] more = "x".repeat(64 * 1024).getBytes(ISO_8859_1);
        peer.send(start);
        int sent = 0;
        try {
          while (sent < 1_000) {
            peer.send(more);
            sent++;
          }
        } catch (SocketException _) {
          // cut off
        }
        assertTrue(sent < 1_000, () -> "took 64 MB of a line that began: " + start);
      }
    }
  }

  @Test
  void keysOf251BytesAreRefusedAndTheConnectionGoesOn() throws IOException {
    String key = "k".repeat(251);
    try (var peer = connect()) {
      for (String verb : List.of("get %s", "delete %s", "incr %s 1", "decr %s 1", "touch %s 0")) {
        assertEquals("CLIENT_ERROR bad command line format", peer.ask(verb.formatted(key)), verb);
      }
      assertTrue(peer.ask("version").startsWith("VERSION "));
    }
  }

  @Test
  void twentyThousandSpacesClose() throws IOException {
    try (var peer = connect()) {
      peer.send(" ".repeat(20_000));
      assertArrayEquals(new byte[0], peer.readToClose());
    }
  }
}
