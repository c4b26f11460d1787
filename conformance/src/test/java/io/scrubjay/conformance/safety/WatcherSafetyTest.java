package io.scrubjay.conformance.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// Clients that watch, and leave while others write; stores that fail while somebody watches.
final class WatcherSafetyTest {
  private static final int VALUE_BYTES = 2 << 20;
  private static final String VALUE = "v".repeat(VALUE_BYTES);

  private static Peer watcher(Subject subject, String streams) throws IOException {
    Peer watcher = subject.connect();
    watcher.send("watch " + streams + "\r\n");
    assertEquals("OK\r\n", Subject.read(watcher, 4));
    return watcher;
  }

  private static String line(Peer peer) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
      line.append(Subject.read(peer, 1));
    }
    return line.toString();
  }

  @Test
  void storesThatAreTooLargeAreWatchedUnderTheirOwnDescriptor() throws IOException {
    try (Subject subject = Subject.start();
        Peer watcher = watcher(subject, "mutations")) {
      String error = "SERVER_ERROR object too large for cache\r\n";
      subject.answers("set k 0 0 " + VALUE_BYTES + "\r\n" + VALUE + "\r\n", error);
      assertRefused(line(watcher), "too_large", "set");
      subject.answers("ms k " + VALUE_BYTES + "\r\n" + VALUE + "\r\n", error);
      assertRefused(line(watcher), "too_large", "set");
      try (Peer binary = subject.connect()) {
        ByteBuffer head = ByteBuffer.allocate(24 + 9);
        head.put((byte) 0x80).put((byte) 1).putShort((short) 1).put((byte) 8).put((byte) 0);
        head.putShort((short) 0).putInt(9 + VALUE_BYTES).putInt(0).putLong(0).putLong(0);
        head.put((byte) 'k');
        binary.send(head.array());
        binary.send(VALUE);
        assertEquals("Too large.", Subject.read(binary, 34).substring(24));
      }
      assertRefused(line(watcher), "too_large", "null");
    }
  }

  @Test
  void storesWithoutMemoryAreWatched() throws IOException {
    try (Subject subject = Subject.start("-M", "-m", "2");
        Peer watcher = watcher(subject, "mutations");
        Peer peer = subject.connect()) {
      String value = "v".repeat(100_000) + "\r\n";
      String answer = "STORED\r\n";
      for (int i = 0; answer.equals("STORED\r\n"); i++) {
        peer.send("set k" + i + " 0 0 100000\r\n" + value);
        answer = Subject.read(peer, 8);
      }
      assertEquals("SERVER_E", answer);
      String last = line(watcher);
      while (last.contains("status=stored")) {
        last = line(watcher);
      }
      assertRefused(last, "no_memory", "set");
    }
  }

  private static void assertRefused(String line, String status, String command) {
    assertTrue(
        line.matches(
            "ts=.* type=item_store key=k\\d* status="
                + status
                + " cmd="
                + command
                + " ttl=0 clsid=0 cfd=[1-9]\\d* size=0\n"),
        line);
  }

  @Test
  void watchersThatLeaveWhileLinesAreWrittenDisturbNobody() throws IOException {
    try (Subject subject = Subject.start();
        Peer writer = subject.connect()) {
      for (int round = 0; round < 50; round++) {
        Peer watcher = watcher(subject, "fetchers mutations connevents");
        writer.send("get k\r\n".repeat(200));
        watcher.close();
        assertEquals("END\r\n".repeat(200), Subject.read(writer, 1000));
      }
    }
  }
}
