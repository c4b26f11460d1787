package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `slabs`, `cache_memlimit`, `debugtime` and `debugitem`, answer by answer (spec 2.5, 2.6).
final class SlabCommandsTest {
  private static final String BAD_LINE = "CLIENT_ERROR bad command line format";
  private static final String BAD_CLASS = "BADCLASS invalid src or dst class id";
  private static final String NO_SPARE = "NOSPARE source class has no spare pages";
  private static final String TOO_SMALL = "MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m";
  private static final String NOT_MEGABYTES =
      "MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes";
  private static final String FIXED = "MEMLIMIT_ADJUST_FAILED out of bounds or unable to adjust";

  private final Scrubjay server;
  private final Client client;

  SlabCommandsTest() throws IOException {
    server = start(ServerOptions.builder().debugCommands(true));
    client = new Client(server);
  }

  private static Scrubjay start(ServerOptions.Builder options) throws IOException {
    return Scrubjay.start(options.port(0).threads(2).build());
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static void answers(Client client, List<String> conversation) {
    for (int i = 0; i < conversation.size(); i += 2) {
      String request = conversation.get(i);
      assertEquals(conversation.get(i + 1), client.ask(request + "\r\n"), request);
    }
  }

  @Test
  void reassignAnswersEveryArgument() {
    answers(
        client,
        List.of(
            "slabs",
            "ERROR",
            "slabs reassign",
            "ERROR",
            "slabs reassign 1",
            "ERROR",
            "slabs reassign 1 2 3",
            "ERROR",
            "slabs x 1 2",
            "ERROR",
            "slabs reassign a 2",
            BAD_LINE,
            "slabs reassign 1 b",
            BAD_LINE,
            "slabs reassign 99999999999 1",
            BAD_LINE,
            "slabs reassign 1 1",
            "SAME src and dst class are identical",
            "slabs reassign 64 1",
            BAD_CLASS,
            "slabs reassign 1 63",
            BAD_CLASS,
            "slabs reassign -2 1",
            BAD_CLASS));
    answers(
        client,
        List.of(
            "slabs reassign -1 1", BAD_CLASS,
            "slabs reassign 1 2", NO_SPARE,
            "slabs reassign 0 2", NO_SPARE,
            "slabs r 0 2", NO_SPARE));
  }

  @Test
  void aReassignedPageShowsInTheFigures() {
    String value = "v".repeat(500_000);
    for (int i = 0; i < 5; i++) {
      client.ask("set k" + i + " 0 0 500000\r\n" + value + "\r\n");
    }
    assertEquals("OK", client.ask("slabs reassign 39 1\r\n"));
    Await.until("a moved page", () -> "1".equals(server.statistics().get("slabs_moved")));
    assertEquals("0", server.statistics().get("slab_reassign_running"));
  }

  @Test
  void automoveAnswersEveryArgument() {
    answers(
        client,
        List.of(
            "slabs automove", "ERROR",
            "slabs automove x", BAD_LINE,
            "slabs automove -1", BAD_LINE,
            "slabs automove 3", "ERROR",
            "slabs automove 0", "OK",
            "slabs a 2", "OK",
            "slabs automove ratio", "ERROR",
            "slabs automove ratio x", "ERROR",
            "slabs automove ratio 0.5", "OK",
            "slabs automove freeratio 0.02", "OK"));
    answers(
        client,
        List.of(
            "slabs automove window", BAD_LINE,
            "slabs automove window x", BAD_LINE,
            "slabs automove window 2", "CLIENT_ERROR automove window too low or too high",
            "slabs automove window 1801", "CLIENT_ERROR automove window too low or too high",
            "slabs automove window 30", "OK"));
    client.send("stats settings\r\n");
    String settings = String.join("\n", client.linesUntil("END"));
    assertTrue(settings.contains("slab_automove 2\n"), settings);
    assertTrue(settings.contains("slab_automove_ratio 0.50\n"), settings);
    assertTrue(settings.contains("slab_automove_window 30\n"), settings);
    assertTrue(settings.contains("slab_automove_freeratio 0.020\n"), settings);
  }

  @Test
  void theMemoryLimitGoesUpAndDown() {
    answers(
        client,
        List.of(
            "cache_memlimit", "ERROR",
            "cache_memlimit x", "ERROR",
            "cache_memlimit -8", "ERROR",
            "cache_memlimit 7", TOO_SMALL,
            "cache_memlimit 1000000001", NOT_MEGABYTES,
            "cache_memlimit 4294967296", "ERROR",
            "cache_memlimit 1000000000", "OK",
            "cache_memlimit 8", "OK"));
    assertEquals("8388608", server.statistics().get("limit_maxbytes"));
  }

  @Test
  void withoutAMoverOrWithAllMemoryTakenTheAnswersSayIt() throws IOException {
    try (Scrubjay other =
            start(ServerOptions.builder().engineSettings(Map.of("slab_reassign", "no")));
        Client there = new Client(other)) {
      for (String which : new String[] {"1 2", "a b", "1 1"}) {
        assertEquals(
            "CLIENT_ERROR slab reassignment disabled",
            there.ask("slabs reassign " + which + "\r\n"));
      }
      assertFalse(other.statistics().containsKey("slabs_moved"));
      assertEquals("ERROR", there.ask("debugtime p\r\n"));
      assertEquals("ERROR", there.ask("debugitem lock k\r\n"));
    }
    try (Scrubjay other =
            start(
                ServerOptions.builder()
                    .memoryLimitBytes(16 << 20)
                    .engineSettings(Map.of("large_pages", "yes")));
        Client there = new Client(other)) {
      assertEquals(FIXED, there.ask("cache_memlimit 64\r\n"));
      assertEquals("16", other.statistics().get("slab_global_page_pool"));
    }
  }

  /// a shift holds at once, even for a clock that stands.
  @Test
  void debugtimeMovesTheClock() {
    answers(
        client,
        List.of(
            "debugtime", "ERROR",
            "debugtime x", "ERROR",
            "debugtime p", "OK",
            "set k 0 10 1\r\nv", "STORED",
            "debugtime 9", "OK",
            "get k", "VALUE k 0 1"));
    assertEquals("v", client.line());
    assertEquals("END", client.line());
    answers(client, List.of("debugtime 2", "OK", "get k", "END", "debugtime r", "OK"));
  }

  @Test
  void debugitemHoldsItems() {
    answers(
        client,
        List.of(
            "debugitem", "ERROR",
            "debugitem ref", "ERROR",
            "debugitem what k", "ERROR",
            "debugitem ref k", "MISS",
            "debugitem unref k", "MISS",
            "set k 0 0 1\r\nv", "STORED",
            "debugitem ref k", "OK",
            "debugitem unref reffed", "OK",
            "debugitem ref k", "OK",
            "debugitem unref k", "OK"));
    answers(
        client,
        List.of(
            "debugitem unlock k", "ERROR",
            "debugitem lock k", "OK",
            "debugitem lock other", "ERROR",
            "debugitem unlock k", "OK",
            "get none", "END"));
  }
}
