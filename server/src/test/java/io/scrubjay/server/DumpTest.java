package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.FakeClock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// `lru_crawler metadump` and `mgdump`, and what goes on around them.
class DumpTest {
  private static final int MANY = 40_000;
  private static final int LONG_KEY_BYTES = 200;

  private final FakeClock clock = new FakeClock();

  private Scrubjay start() throws Exception {
    // Flat, and nobody but the test crawls: what is where doesn't change while the test looks.
    var settings = Map.of("lru_maintainer_thread", "no");
    return Scrubjay.start(
        ServerOptions.builder().port(0).threads(1).clock(clock).engineSettings(settings).build());
  }

  private static void store(Client client, String key, String head, String value) {
    client.send("set " + key + " " + head + " " + value.length() + "\r\n" + value + "\r\n");
    assertEquals("STORED", client.line());
  }

  /// More than the kernel's buffers take when their reader stands still.
  private static void storeMany(Client client) {
    StringBuilder sets = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      sets.append("set ").append(longKey(i)).append(" 0 0 1 noreply\r\nx\r\n");
    }
    client.send(sets.toString());
    assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
  }

  private static String longKey(int i) {
    String number = Integer.toString(i);
    return "%".repeat(LONG_KEY_BYTES - number.length()) + number;
  }

  @Test
  void aMetadumpLineTellsOfAnItemInNineFields() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      store(client, "a/b", "7 100", "xyz");
      store(client, "gone", "0 5", "x");
      clock.advanceSeconds(10);
      assertEquals("VALUE a/b 7 3", client.ask("get a/b\r\n"));
      client.bytes("xyz\r\nEND\r\n".length());
      long epoch = clock.epochSecondsOf(clock.now());
      String expected =
          "OK\r\nkey=a%2Fb exp="
              + (epoch + 90)
              + " la="
              + (epoch - 10)
              + " cas=2 fetch=yes cls=1 size=69 flags=7 \nEND\r\n";
      client.send("lru_crawler metadump all\r\n");
      assertEquals(expected, client.text(expected.length()));
      client.send("lru_crawler metadump hash\r\n");
      assertEquals(expected, client.text(expected.length()));
      assertEquals("OK", client.ask("lru_crawler metadump 2,3\r\n"));
      assertEquals("END", client.line());
      store(client, "never", "0 0", "");
      client.send("lru_crawler metadump 1\r\n");
      assertEquals("OK", client.line());
      // Lines of items end without a carriage return.
      String lines = client.line();
      assertTrue(lines.contains("key=never exp=-1 la=" + epoch + " cas=4 fetch=no"), lines);
    }
  }

  @Test
  void anMgdumpLineIsAMetaGet() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      store(client, "plain", "0 0", "1");
      client.send("ms AAEC/w== 1 b\r\n1\r\n");
      assertEquals("HD", client.line());
      for (String what : new String[] {"all", "hash", "1"}) {
        assertEquals("OK", client.ask("lru_crawler mgdump " + what + "\r\n"));
        Set<String> lines = new HashSet<>();
        lines.add(client.line());
        lines.add(client.line());
        assertEquals(Set.of("mg plain", "mg AAEC/w== b"), lines);
        assertEquals("EN", client.line());
      }
    }
  }

  /// Q-19, where memcached lets it wait for more input.
  @Test
  void whatIsAskedForBehindADumpIsAnsweredBehindIt() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      storeMany(client);
      client.send("lru_crawler mgdump all\r\nset k 0 0 1\r\nv\r\nget k\r\n");
      requireMany(client);
      assertEquals("STORED", client.line());
      assertEquals("VALUE k 0 1", client.line());
      assertEquals("v", client.line());
      assertEquals("END", client.line());
    }
  }

  private static void requireMany(Client client) {
    assertEquals("OK", client.line());
    Set<String> keys = new HashSet<>();
    String all = client.text(MANY * (3 + LONG_KEY_BYTES + 2));
    for (String line : all.split("\r\n", -1)) {
      keys.add(line);
    }
    assertEquals("EN", client.line());
    assertEquals(MANY + 1, keys.size(), "a line each, and nothing behind the last");
    assertTrue(keys.contains("mg " + longKey(0)) && keys.contains("mg " + longKey(MANY - 1)));
  }

  @Test
  void nothingMayBePipelinedBeforeADump() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      client.send("version\r\nlru_crawler metadump all\r\n");
      assertEquals("VERSION 1.6.45", client.line());
      assertEquals("ERROR cannot pipeline other commands before metadump", client.line());
      client.send("version\r\nlru_crawler mgdump hash\r\n");
      assertEquals("VERSION 1.6.45", client.line());
      assertEquals("ERROR cannot pipeline other commands before mgdump", client.line());
      assertEquals("OK", client.ask("lru_crawler metadump all\r\n"));
      assertEquals("END", client.line());
    }
  }

  @Test
  void aReaderThatStallsHoldsUpOnlyCrawlsAndIsDroppedInTheEnd() throws Exception {
    try (Scrubjay server = start();
        Client stalled = new Client(server);
        Client client = new Client(server)) {
      storeMany(client);
      stalled.send("lru_crawler mgdump all\r\n");
      assertEquals("OK", stalled.line());
      assertEquals("BUSY currently processing crawler request", crawl(client));
      store(client, "k", "0 0", "v");
      // Time passes until the reader's socket is full and nothing has been pulled since.
      Await.until(
          "the dump's end",
          () -> {
            clock.advanceSeconds(CrawlerControl.DUMP_IDLE_SECONDS_MAX + 1);
            return crawl(client).equals("OK");
          });
      byte[] rest = stalled.rest();
      assertTrue(rest.length < MANY * LONG_KEY_BYTES, "dropped before the end");
      assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
    }
  }

  private static String crawl(Client client) {
    return client.ask("lru_crawler crawl all\r\n");
  }

  @Test
  void aReaderThatLeavesEndsItsDump() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      storeMany(client);
      try (Client leaving = new Client(server)) {
        leaving.send("lru_crawler mgdump all\r\n");
        assertEquals("OK", leaving.line());
        assertFalse(crawl(client).equals("OK"));
      }
      Await.until("the dump's end", () -> crawl(client).equals("OK"));
    }
  }

  @Test
  void cachedumpTellsOfTheColdOnesNewestFirst() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      store(client, "a", "0 0", "1");
      store(client, "b", "0 100", "22");
      client.send("ms YQE= 1 b\r\n1\r\n");
      assertEquals("HD", client.line());
      long dies = clock.epochSecondsOf(clock.now() + 100);
      assertEquals("ITEM b [2 b; " + dies + " s]", client.ask("stats cachedump 1 0\r\n"));
      assertEquals("ITEM a [1 b; 0 s]", client.line());
      assertEquals("END", client.line());
      assertEquals("ITEM b [2 b; " + dies + " s]", client.ask("stats cachedump 1 1\r\n"));
      assertEquals("END", client.line());
    }
  }

  @Test
  void aCachedumpEndsAtTwoMegabytes() throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      storeMany(client);
      client.send("stats cachedump 6 0\r\nversion\r\n");
      int bytes = 0;
      String line = client.line();
      for (; line.startsWith("ITEM "); line = client.line()) {
        bytes += line.length() + 2;
      }
      assertEquals("END", line);
      assertTrue(bytes > (2 << 20) - 2000 && bytes < 2 << 20, bytes + " bytes");
      assertEquals("VERSION 1.6.45", client.line());
    }
  }
}
