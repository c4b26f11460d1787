package io.scrubjay.conformance.safety;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// One large item in the hands of many, while others change it.
final class ManyReadersTest {
  /// Larger than what the kernel takes for a client that doesn't read.
  private static final int VALUE_BYTES = 8 << 20;

  /// Each costs the kernel a few megabytes.
  private static final int READERS = 100;

  private static final String MISS = "END\r\n";

  /// They ask and don't read, so the server holds the item for each. Long after it was deleted they
  /// get it whole, or leave, and then its memory is there for others.
  @Test
  void readersThatDoNotReadHoldTheItemUntilTheyAreGone() throws Exception {
    try (Subject server = Subject.start("-m", "64", "-I", "16m")) {
      byte[] value = filled('a');
      List<Peer> readers = new ArrayList<>();
      try (Peer writer = server.connect()) {
        store(writer, "big", value);
        for (int i = 0; i < READERS; i++) {
          Peer reader = server.connect();
          readers.add(reader);
          reader.send(i % 2 == 0 ? "get big\r\n" : "mg big v\r\n");
          server.bystander().isServed();
        }
        Subject.answers(writer, "mg big s\r\n", "HD s" + VALUE_BYTES + "\r\n");
        Subject.answers(writer, "delete big\r\n", "DELETED\r\n");
        store(writer, "big", filled('b'));
        for (Peer reader : readers.subList(0, 4)) {
          String header = reader.readLine();
          boolean text = header.equals("VALUE big 0 " + VALUE_BYTES + "\r\n");
          assertTrue(text || header.equals("VA " + VALUE_BYTES + "\r\n"), header);
          assertArrayEquals(value, reader.read(VALUE_BYTES));
          assertEquals(text ? "\r\nEND\r\n" : "\r\n", Subject.read(reader, text ? 7 : 2));
        }
      } finally {
        for (Peer reader : readers) {
          reader.closeHard();
        }
      }
      server.bystander().seesEveryoneElseGone();
      try (Peer writer = server.connect()) {
        for (int round = 0; round < 20; round++) {
          store(writer, "next" + round, filled('c'));
        }
      }
    }
  }

  @Test
  void readersOfAnItemThatIsReplacedSeeOneValueOrTheOther() throws Exception {
    int bytes = 300_000;
    try (Subject server = Subject.start("-m", "64", "-t", "4");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        boolean writes = i < 2;
        byte[] value = new byte[bytes];
        Arrays.fill(value, (byte) ('a' + i));
        clients.add(
            () -> {
              try (Peer peer = server.connect()) {
                for (int round = 0; round < 60; round++) {
                  if (writes) {
                    store(peer, "shared", value);
                    peer.ask(round % 8 == 0 ? "delete shared" : "touch shared 100");
                  } else {
                    readWhole(peer, bytes);
                  }
                }
              }
              return null;
            });
      }
      for (var client : threads.invokeAll(clients, 60, TimeUnit.SECONDS)) {
        client.get();
      }
    }
  }

  private static void readWhole(Peer peer, int bytes) throws IOException {
    String line = peer.ask("get shared");
    if (line.equals("END")) {
      return;
    }
    assertEquals("VALUE shared 0 " + bytes, line);
    byte[] value = peer.read(bytes);
    assertTrue(value[0] >= 'a' && value[0] < 'c');
    byte[] whole = new byte[bytes];
    Arrays.fill(whole, value[0]);
    assertArrayEquals(whole, value);
    assertEquals("\r\n", peer.readLine());
    assertEquals(MISS, peer.readLine());
  }

  private static byte[] filled(char with) {
    byte[] value = new byte[VALUE_BYTES];
    Arrays.fill(value, (byte) with);
    return value;
  }

  private static void store(Peer peer, String key, byte[] value) throws IOException {
    peer.send("set " + key + " 0 0 " + value.length + "\r\n");
    peer.send(value);
    peer.send("\r\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals("STORED\r\n", peer.readLine());
  }
}
