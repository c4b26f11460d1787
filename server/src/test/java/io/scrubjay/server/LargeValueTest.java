package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Values larger than any buffer go in and out whole, and a client that doesn't read its answers
/// costs a bounded amount of memory and nobody else's time.
final class LargeValueTest {
  private static final int LARGE = 1_000_000;

  @Test
  void valuesOfEverySizeComeBackWhole() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      for (int size : new int[] {0, 1, 2047, 16_384, 61_000, 65_536, 262_144, 524_288, LARGE}) {
        byte[] value = value(size);
        store(client, "v" + size, value);
        assertHit(client, "get v" + size + "\r\n", "VALUE v" + size + " 0 " + size, value);
        assertEquals("END", client.line());
      }
    }
  }

  @Test
  void aListOfSmallAndLargeValuesIsAnsweredInOrder() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      byte[] large = value(LARGE);
      byte[] small = value(100);
      store(client, "large", large);
      store(client, "small", small);
      client.send("gat 0 small large none large small\r\nget small large\r\n");
      hit(client, "small", small);
      hit(client, "large", large);
      hit(client, "large", large);
      hit(client, "small", small);
      assertEquals("END", client.line());
      hit(client, "small", small);
      hit(client, "large", large);
      assertEquals("END", client.line());
    }
  }

  @Test
  void aBadKeyBehindALargeValueIsAllThatIsAnswered() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      store(client, "large", value(LARGE));
      assertEquals(
          "CLIENT_ERROR bad command line format",
          client.ask("get large large " + "k".repeat(251) + "\r\n"));
      assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
    }
  }

  @Test
  void aReaderThatDoesNotDrainIsHeldBackAndLosesNothing() throws Exception {
    int requests = 200;
    try (Scrubjay server = start();
        Client stuck = new Client(server);
        Client other = new Client(server)) {
      byte[] large = value(LARGE);
      store(stuck, "large", large);
      stuck.send("get large\r\n".repeat(requests));
      Await.until("its socket to be full", () -> other.seesAConnection("conn_mwrite"));
      long held = Long.parseLong(statistic(other, "read_buf_bytes"));
      assertTrue(held <= 512 * 1024, "bytes of buffers held: " + held);
      for (int i = 0; i < requests; i++) {
        hit(stuck, "large", large);
        assertEquals("END", stuck.line());
      }
    }
  }

  @Test
  void aPinnedValueOutlivesItsReplacement() throws Exception {
    try (Scrubjay server = start();
        Client stuck = new Client(server);
        Client other = new Client(server)) {
      byte[] first = value(LARGE);
      store(other, "k", first);
      stuck.send("get k\r\n".repeat(20));
      hit(stuck, "k", first);
      assertEquals("END", stuck.line());
      byte[] second = new byte[LARGE];
      store(other, "k", second);
      boolean replaced = false;
      for (int i = 1; i < 20; i++) {
        assertEquals("VALUE k 0 " + LARGE, stuck.line());
        byte[] got = stuck.bytes(LARGE);
        // Whole and of one version; never back to the first after the second.
        replaced |= got[0] != first[0];
        assertArrayEquals(replaced ? second : first, got);
        assertEquals("", stuck.line());
        assertEquals("END", stuck.line());
      }
    }
  }

  @Test
  void aClientThatVanishesInTheMiddleLeavesNothingBehind() throws Exception {
    try (Scrubjay server = start();
        Client other = new Client(server)) {
      store(other, "large", value(LARGE));
      for (int i = 0; i < 20; i++) {
        try (Client vanishing = new Client(server)) {
          vanishing.send("set half 0 0 " + LARGE + "\r\nsome of it");
          assertEquals("VERSION 1.6.45", other.ask("version\r\n"));
        }
        try (Client vanishing = new Client(server)) {
          vanishing.send("get large\r\n".repeat(50));
          vanishing.bytes(100);
        }
      }
      // A connection is counted off by its worker when it notices.
      Await.until("everyone's end", () -> statistic(other, "curr_connections").equals("1"));
      assertEquals("1", statistic(other, "curr_items"));
      assertEquals(statistic(other, "read_buf_bytes"), statistic(other, "read_buf_bytes_free"));
      assertEquals("NOT_FOUND", other.ask("delete half\r\n"));
    }
  }

  private static Scrubjay start() throws Exception {
    return Scrubjay.start(ServerOptions.builder().port(0).threads(2).build());
  }

  private static void store(Client client, String key, byte[] value) {
    client.send("set " + key + " 0 0 " + value.length + "\r\n");
    client.send(value);
    assertEquals("STORED", client.ask("\r\n"));
  }

  private static void assertHit(Client client, String request, String header, byte[] value) {
    client.send(request);
    assertEquals(header, client.line());
    assertArrayEquals(value, client.bytes(value.length));
    assertEquals("", client.line());
  }

  private static void hit(Client client, String key, byte[] value) {
    assertHit(client, "", "VALUE " + key + " 0 " + value.length, value);
  }

  private static String statistic(Client client, String name) {
    client.send("stats\r\n");
    String found = "";
    for (String line = client.line(); !line.equals("END"); line = client.line()) {
      if (line.startsWith("STAT " + name + " ")) {
        found = line.substring(("STAT " + name + " ").length());
      }
    }
    return found;
  }

  private static byte[] value(int bytes) {
    byte[] value = new byte[bytes];
    new Random(bytes).nextBytes(value);
    if (bytes > 0) {
      value[0] = 1;
    }
    return value;
  }
}
