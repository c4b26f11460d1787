package io.scrubjay.conformance.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Values of every size class, memory that runs out, and clients that leave in the middle.
final class MemorySafetyTest {
  private static final int MEBIBYTE = 1 << 20;

  /// Steps of one byte up to two thousand, then the neighbours of every power of two, then the
  /// largest that is stored and the smallest that is not.
  @Test
  void valuesOfEverySizeComeBackWholeOrAreRefused() throws IOException {
    try (Subject server = Subject.start("-m", "256");
        Peer peer = server.connect()) {
      for (int bytes = 0; bytes < 2_000; bytes++) {
        storeAndRead(peer, bytes);
      }
      for (int power = 2_048; power < MEBIBYTE; power *= 2) {
        for (int bytes = power - 64; bytes <= power + 1; bytes++) {
          storeAndRead(peer, bytes);
        }
      }
      int largest = largest(peer);
      storeAndRead(peer, largest);
      for (int bytes = largest + 1; bytes <= MEBIBYTE + 1; bytes += 41) {
        String tooLarge = "SERVER_ERROR object too large for cache\r\n";
        Subject.answers(peer, set(bytes), tooLarge);
        Subject.answers(peer, "get k\r\n", "END\r\n");
      }
    }
  }

  private static int largest(Peer peer) throws IOException {
    int stored = MEBIBYTE - 4096;
    int refused = MEBIBYTE;
    while (refused - stored > 1) {
      int bytes = (stored + refused) / 2;
      peer.send(set(bytes));
      if (peer.readLine().equals("STORED\r\n")) {
        stored = bytes;
      } else {
        refused = bytes;
      }
    }
    return stored;
  }

  private static void storeAndRead(Peer peer, int bytes) throws IOException {
    Subject.answers(
        peer,
        set(bytes) + "get k\r\n",
        "STORED\r\nVALUE k 0 " + bytes + "\r\n" + value(bytes) + "\r\nEND\r\n");
  }

  private static String set(int bytes) {
    return "set k 0 0 " + bytes + "\r\n" + value(bytes) + "\r\n";
  }

  private static String value(int bytes) {
    return "0123456789".repeat(bytes / 10 + 1).substring(0, bytes);
  }

  /// With evictions off: large values until memory is full, then each store fails, in each form,
  /// and what is there stays readable.
  @Test
  void storesWithoutMemoryFailAndTheConnectionGoesOn() throws IOException {
    String value = "v".repeat(900_000);
    try (Subject server = Subject.start("-m", "8", "-M");
        Peer peer = server.connect()) {
      int stored = 0;
      String answer = "STORED";
      while (answer.equals("STORED")) {
        peer.send("set k" + stored + " 0 0 " + value.length() + "\r\n");
        answer = peer.ask(value);
        stored++;
        assertTrue(stored < 20, "no end of memory");
      }
      // so large a value is kept in pieces: there was room for its first one (spec T-24)
      String full = "SERVER_ERROR Out of memory during read\r\n";
      assertEquals(full.strip(), answer);
      String block = value.length() + "\r\n" + value + "\r\n";
      for (int i = 0; i < 5; i++) {
        Subject.answers(peer, "set new 0 0 " + block, full);
        Subject.answers(peer, "add new 0 0 " + block, full);
        Subject.answers(peer, "ms new " + block, full);
        Subject.answers(peer, "get new\r\n", "END\r\n");
      }
      Subject.answers(
          peer, "get k0\r\n", "VALUE k0 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n");
    }
  }

  /// Reset in the middle of a line, of a value, of what is dropped, of an answer, of a packet.
  @Test
  void clientsThatLeaveInEveryStateLeaveTheServerAsItWas() throws IOException {
    List<String> requests =
        List.of(
            "get",
            "set k 0 0 10\r\n01234",
            "set k 0 0 900000\r\n01234",
            "set k 0 0 2000000\r\n01234",
            "ms k 900000 S\r\n01234",
            "get big big big big big big big big\r\n",
            "mg big v\r\n".repeat(50),
            "quit\r\n",
            "\u0080\1\0",
            "\u0080\1\0\1\10\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0k01234");
    String big = "v".repeat(900_000);
    try (Subject server = Subject.start("-m", "64")) {
      server.answers("set big 0 0 " + big.length() + "\r\n" + big + "\r\n", "STORED\r\n");
      for (int round = 0; round < 20; round++) {
        for (String request : requests) {
          try (Peer peer = server.connect()) {
            peer.send(request);
            if (round % 2 == 0) {
              server.bystander().isServed();
            }
            peer.closeHard();
          }
        }
      }
      server.answers("get big\r\n", "VALUE big 0 " + big.length() + "\r\n" + big + "\r\nEND\r\n");
    }
  }
}
