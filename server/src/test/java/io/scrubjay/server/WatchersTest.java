package io.scrubjay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.FakeClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may watch, and what becomes of lines that somebody does not read (spec 2.7).
final class WatchersTest {
  private static final Pattern GID = Pattern.compile("gid=(\\d+) ");

  private static ServerOptions.Builder options() {
    return ServerOptions.builder().port(0).threads(2);
  }

  private static long statistic(Scrubjay server, String name) {
    return Long.parseLong(server.statistics().get(name));
  }

  private static long gid(String line) {
    Matcher matcher = GID.matcher(line);
    assertTrue(matcher.find(), line);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void wordsAreMatchedByTheirBeginning() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().build())) {
      for (String words :
          List.of("", " f", " m", " evictions conn s", " rawcmds", " deletions", " p proxyuser")) {
        try (Client client = new Client(server)) {
          assertEquals("OK", client.ask("watch" + words + "\r\n"), words);
        }
      }
      try (Client client = new Client(server)) {
        for (String words : List.of(" nothing", " fetchers nothing", " Fetchers", " noreply")) {
          assertEquals("ERROR", client.ask("watch" + words + "\r\n"), words);
        }
        assertEquals("ERROR", client.ask(" watch\r\n"));
      }
    }
  }

  @Test
  void nothingMayComeBeforeItInTheSameWrite() throws Exception {
    String refusal = "ERROR cannot pipeline other commands before watch";
    try (Scrubjay server = Scrubjay.start(options().build());
        Client client = new Client(server)) {
      client.send("version\r\nwatch\r\n");
      assertEquals("VERSION 1.6.45", client.line());
      assertEquals(refusal, client.line());
      client.send("set a 0 0 1 noreply\r\nx\r\nwatch\r\n");
      assertEquals(refusal, client.line());
      assertEquals("OK", client.ask("watch\r\nversion\r\n"));
      try (Client other = new Client(server)) {
        assertEquals("END", other.ask("get b\r\n"));
      }
      assertTrue(client.logLine().contains("key=b "));
    }
  }

  @Test
  void watchingCanBeSwitchedOff() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().watchEnabled(false).build());
        Client client = new Client(server)) {
      assertEquals("CLIENT_ERROR watch commands not allowed", client.ask("watch\r\n"));
    }
  }

  @Test
  void twentyMayWatchAndWhoLeavesMakesRoom() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().build());
        Client late = new Client(server)) {
      List<Client> watchers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Client watcher = new Client(server);
        watchers.add(watcher);
        assertEquals("OK", watcher.ask("watch connevents\r\n"));
      }
      assertEquals(20, statistic(server, "log_watchers"));
      String refusal = "WATCHER_TOO_MANY log watcher limit reached";
      assertEquals(refusal, late.ask("watch\r\n"));
      watchers.removeLast().close();
      // The first to watch sees the last one leave, and then it is gone.
      Client first = watchers.getFirst();
      while (!first.logLine().contains("conn_close")) {}
      assertEquals("OK", late.ask("watch\r\n"));
      watchers.forEach(Client::close);
    }
  }

  @Test
  void gidsGrowAndEachWatcherTakesOne() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().build());
        Client one = new Client(server);
        Client two = new Client(server);
        Client client = new Client(server)) {
      one.ask("watch fetchers\r\n");
      client.ask("get a\r\n");
      long first = gid(one.logLine());
      two.ask("watch fetchers\r\n");
      client.ask("get b\r\n");
      long second = gid(one.logLine());
      assertEquals(first + 2, second);
      assertEquals(second, gid(two.logLine()));
    }
  }

  @Test
  void connectionsComeAndGoForAReason() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().build());
        Client watcher = new Client(server)) {
      watcher.ask("watch connevents\r\n");
      for (String last : List.of("quit\r\n", "", "x".repeat(2100))) {
        Client client = new Client(server);
        client.ask("version\r\n");
        client.send(last);
        if (last.isEmpty()) {
          client.close();
        }
        String opened = watcher.logLine();
        Matcher peer =
            Pattern.compile("type=conn_new (rip=127.0.0.1 rport=\\d+ transport=tcp) (cfd=\\d+)$")
                .matcher(opened);
        assertTrue(peer.find(), opened);
        String reason = last.startsWith("x") ? "error" : "normal";
        String closed = watcher.logLine();
        String expected =
            "type=conn_close " + peer.group(1) + " reason=" + reason + " " + peer.group(2);
        assertTrue(closed.endsWith(expected), closed);
        client.close();
      }
    }
  }

  @Test
  void ipv6AddressesAreWrittenShort() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().listen(List.of("::1")).build());
        Client watcher = new Client(server)) {
      watcher.ask("watch connevents\r\n");
      try (Client client = new Client(server)) {
        String opened = watcher.logLine();
        String peer = " type=conn_new rip=::1 rport=" + client.localPort() + " transport=tcp cfd=";
        assertTrue(opened.contains(peer), opened);
      }
      assertTrue(watcher.logLine().contains(" type=conn_close rip=::1 rport="));
    }
  }

  @Test
  @Timeout(60)
  void unixClientsHaveNoAddress(@TempDir Path folder) throws Exception {
    String path = folder.resolve("s").toString();
    var unix = new ListenOptions.UnixSocket(path, 0700);
    var listening = new ListenOptions(List.of(), List.of(), unix, List.of(), 8, null, 0, 0, 0700);
    try (Scrubjay _ = Scrubjay.start(options().listening(listening).build());
        var watcher = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      watcher.write(ByteBuffer.wrap("watch connevents\r\n".getBytes(US_ASCII)));
      var lines =
          new BufferedReader(new InputStreamReader(Channels.newInputStream(watcher), US_ASCII));
      assertEquals("OK", lines.readLine());
      SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
      String peer = "rip=unix rport=0 transport=local ";
      String opened = lines.readLine();
      assertTrue(opened.matches(".* type=conn_new " + peer + "cfd=\\d+"), opened);
      String closed = lines.readLine();
      assertTrue(closed.matches(".* type=conn_close " + peer + "reason=normal cfd=\\d+"), closed);
    }
  }

  /// Resets are told by the kernel's words, so how is not said here.
  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void aConnectionThatBreaksIsToldWithWhatBrokeIt(String poller) throws Exception {
    try (Scrubjay server = Scrubjay.start(options().poller(poller).build());
        Client watcher = new Client(server)) {
      watcher.ask("watch connevents\r\n");
      String id;
      try (Socket breaking = new Socket()) {
        breaking.setSoLinger(true, 0);
        breaking.connect(server.address());
        id = watcher.logLine().replaceFirst(".* cfd=", "");
      }
      String broke = watcher.logLine();
      assertTrue(broke.matches(".* gid=\\d+ type=connerr fd=" + id + " msg=.*reset.*"), broke);
      String closed = watcher.logLine();
      assertTrue(closed.endsWith(" reason=error cfd=" + id), closed);
    }
  }

  @Test
  void whoAskedForTheShutdownIsClosedForThat() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().shutdownCommand(true).build());
        Client watcher = new Client(server);
        Client client = new Client(server)) {
      server.onShutdown(_ -> {});
      client.ask("version\r\n");
      watcher.ask("watch connevents\r\n");
      client.send("shutdown\r\n");
      String closed = watcher.logLine();
      assertTrue(closed.contains(" reason=shutdown cfd="), closed);
    }
  }

  @Test
  void whoWasSilentForTooLongIsClosedForThat() throws Exception {
    FakeClock clock = new FakeClock();
    try (Scrubjay server =
            Scrubjay.start(options().threads(1).clock(clock).idleTimeoutSeconds(10).build());
        Client client = new Client(server);
        Client watcher = new Client(server)) {
      client.ask("version\r\n");
      watcher.ask("watch connevents\r\n");
      clock.advanceSeconds(11);
      String closed = watcher.logLine();
      assertTrue(closed.contains(" rport=" + client.localPort() + " "), closed);
      assertTrue(closed.contains(" reason=idle_timeout cfd="), closed);
    }
  }

  @Test
  void evictionsAreWatched() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().memoryLimitBytes(2 << 20).build());
        Client watcher = new Client(server);
        Client client = new Client(server)) {
      watcher.ask("watch evictions\r\n");
      String value = "v".repeat(1000);
      for (int i = 0; i < 3000; i++) {
        client.send("set k" + i + " 0 100 1000 noreply\r\n" + value + "\r\n");
      }
      client.ask("version\r\n");
      String line = watcher.logLine();
      assertTrue(
          line.matches(".* type=eviction key=k\\d+ fetch=no ttl=\\d+ la=\\d+ clsid=\\d+ size=1000"),
          line);
    }
  }

  /// How the lines look in full is EngineLogTest's. The crawl is the engine's own and may come at
  /// any time once there are items, before the page's move too.
  @Test
  void theEnginesOwnWorkIsWatched() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().build());
        Client watcher = new Client(server);
        Client client = new Client(server)) {
      watcher.ask("watch sysevents\r\n");
      // More than one page, of class 12.
      for (int i = 0; i < 1500; i++) {
        client.send("set k" + i + " 0 100 1000 noreply\r\n" + "v".repeat(1000) + "\r\n");
      }
      assertEquals("OK", client.ask("slabs reassign 12 5\r\n"));
      String moved = "";
      String crawled = "";
      while (moved.isEmpty() || crawled.isEmpty()) {
        String line = watcher.logLine();
        if (line.contains(" type=slab_move ")) {
          moved = line;
        } else if (line.contains(" crawler=12 ")) {
          crawled = line;
        }
      }
      assertTrue(moved.endsWith(" src=12 dst=5 state=ok"), moved);
      assertTrue(crawled.matches(".* crawler=12 lru=\\w+ .* examined=\\d+ reclaimed=0"), crawled);
    }
  }

  @Test
  void aWatcherThatDoesNotReadSlowsNobodyAndIsToldWhatItMissed() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().watcherLogbufBytes(4096).build());
        Client watcher = new Client(server);
        Client client = new Client(server)) {
      watcher.ask("watch fetchers\r\n");
      String request = "get " + "k".repeat(240) + "\r\n";
      Await.until(
          "a line that is skipped",
          () -> {
            client.send(request.repeat(2000));
            for (int i = 0; i < 2000; i++) {
              assertEquals("END", client.line());
            }
            return statistic(server, "log_watcher_skipped") > 0;
          });
      client.send(request.repeat(1000));
      for (int i = 0; i < 1000; i++) {
        assertEquals("END", client.line());
      }
      Await.until(
          "every line to be kept or skipped",
          () ->
              statistic(server, "log_watcher_sent") + statistic(server, "log_watcher_skipped")
                  == statistic(server, "log_worker_written"));
      String line = watcher.logLine();
      long gid = gid(line);
      long read = 1;
      for (line = watcher.logLine(); !line.startsWith("skipped="); line = watcher.logLine()) {
        assertTrue(gid(line) > gid, line);
        gid = gid(line);
        read++;
        if (read % 1000 == 0) {
          client.ask("get fence\r\n");
        }
      }
      assertTrue(Long.parseLong(line.substring("skipped=".length())) > 0, line);
      assertTrue(gid(watcher.logLine()) > gid);
      assertTrue(statistic(server, "log_watcher_sent") >= read);
      assertEquals(1, statistic(server, "log_watchers"));
    }
  }

  @Test
  void linesWithoutRoomInTheWorkersRingAreDroppedAndCounted() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().workerLogbufBytes(2048).build());
        Client watcher = new Client(server);
        Client client = new Client(server)) {
      watcher.ask("watch fetchers\r\n");
      client.send("get " + "k ".repeat(5000) + "\r\n");
      assertEquals("END", client.line());
      // How many is the logger's speed; WatchLogTest counts them.
      assertTrue(statistic(server, "log_worker_dropped") > 0);
      long written = statistic(server, "log_worker_written");
      assertEquals(5000, written + statistic(server, "log_worker_dropped"));
      for (int i = 0; i < written; i++) {
        assertTrue(watcher.logLine().contains("key=k "));
      }
      assertEquals("RESET", client.ask("stats reset\r\n"));
      assertEquals(0, statistic(server, "log_worker_dropped"));
    }
  }

  @Test
  void nothingIsWrittenWhenNobodyWatches() throws Exception {
    try (Scrubjay server = Scrubjay.start(options().build());
        Client client = new Client(server)) {
      try (Client second = new Client(server)) {
        second.ask("watch connevents\r\n");
        try (Client watcher = new Client(server)) {
          watcher.ask("watch fetchers\r\n");
          client.ask("get a\r\n");
          watcher.logLine();
        }
        while (!second.logLine().contains("conn_close")) {}
        long written = statistic(server, "log_worker_written");
        client.ask("get a\r\n");
        assertEquals(written, statistic(server, "log_worker_written"));
      }
    }
  }
}
