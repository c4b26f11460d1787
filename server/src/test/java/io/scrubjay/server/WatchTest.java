package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.FakeClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `watch fetchers`, `mutations` and `deletions`: which requests write which lines, and in which
/// form (spec 2.7). The lines were compared with those of memcached 1.6.18, where it has them.
final class WatchTest {
  private final FakeClock clock = new FakeClock();
  private Scrubjay server;
  private Client watcher;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server =
        Scrubjay.start(
            ServerOptions.builder()
                .port(0)
                .threads(1)
                .itemBytesMax(1024)
                .engine("model")
                .clock(clock)
                .build());
    watcher = new Client(server);
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    watcher.close();
    client.close();
    server.close();
  }

  private void watch(String streams) {
    assertEquals("OK", watcher.ask("watch " + streams + "\r\n"));
  }

  /// Sends `request`, waits for `answer`, then looks for exactly `lines`: time, gid and descriptor
  /// left out. A lookup of a key of its own tells where the request's lines end.
  private void logs(String request, String answer, String... lines) {
    client.send(request);
    assertEquals(answer, client.text(answer.length()), request);
    assertEquals("END", client.ask("get fence\r\n"));
    List<String> seen = new ArrayList<>();
    while (true) {
      String line = watcher.logLine();
      assertTrue(line.matches("ts=\\d+\\.\\d{1,6} gid=\\d+ type=.*"), line);
      String body = body(line);
      if (body.startsWith("type=item_get key=fence ")) {
        break;
      }
      seen.add(body);
    }
    assertEquals(List.of(lines), seen, request);
  }

  private static String found(String key, int bytes) {
    return "type=item_get key=" + key + " status=found clsid=1 cfd=N size=" + bytes;
  }

  private static String lookup(String key, String status) {
    return "type=item_get key=" + key + " status=" + status + " clsid=0 cfd=N size=0";
  }

  private static String missed(String key) {
    return lookup(key, "not_found");
  }

  private static String store(String key, String status, String cmd, String ttl, int bytes) {
    return "type=item_store key="
        + key
        + " status="
        + status
        + " cmd="
        + cmd
        + " ttl="
        + ttl
        + " clsid=1 cfd=N size="
        + bytes;
  }

  private static String refused(String key, String cmd) {
    return "type=item_store key="
        + key
        + " status=too_large cmd="
        + cmd
        + " ttl=0 clsid=0 cfd=N size=0";
  }

  @Test
  void textStoresAndReads() {
    watch("fetchers mutations");
    logs("get a\r\n", "END\r\n", missed("a"));
    logs("set a 0 90 2\r\nhi\r\n", "STORED\r\n", missed("a"), store("a", "stored", "set", "90", 2));
    logs("gets a b\r\n", "VALUE a 0 2 2\r\nhi\r\nEND\r\n", found("a", 2), missed("b"));
    logs(
        "add a 0 0 1\r\nx\r\n",
        "NOT_STORED\r\n",
        found("a", 2),
        store("a", "not_stored", "add", "0", 1));
    logs(
        "replace zz 0 0 1\r\nx\r\n",
        "NOT_STORED\r\n",
        missed("zz"),
        store("zz", "not_stored", "replace", "0", 1));
    clock.advanceSeconds(5);
    logs(
        "append a 0 0 1\r\nx\r\n",
        "STORED\r\n",
        found("a", 2),
        store("a", "stored", "append", "85", 3));
    logs(
        "cas a 0 0 1 99\r\nx\r\n",
        "EXISTS\r\n",
        found("a", 3),
        store("a", "exists", "cas", "0", 1));
    logs(
        "cas q 0 0 1 99\r\nx\r\n",
        "NOT_FOUND\r\n",
        missed("q"),
        store("q", "not_found", "cas", "0", 1));
    logs("set a 0 0 1\r\nxyz", "CLIENT_ERROR bad data chunk\r\n");
    logs(
        "set d 0 -1 1\r\nx\r\n",
        "STORED\r\n",
        missed("d"),
        store("d", "stored", "set", "4294967230", 1));
    logs("get d\r\n", "END\r\n", lookup("d", "expired"));
  }

  @Test
  void textUpdates() {
    watch("fetchers mutations deletions");
    client.ask("set n 0 0 1\r\n1\r\n");
    watcher.logLine();
    watcher.logLine();
    logs("incr n 5\r\n", "6\r\n", found("n", 1));
    logs("incr n 50\r\n", "56\r\n", found("n", 1));
    logs("decr no 5\r\n", "NOT_FOUND\r\n", missed("no"));
    logs("touch n 0\r\n", "TOUCHED\r\n", found("n", 2));
    logs("touch no 0\r\n", "NOT_FOUND\r\n", missed("no"));
    logs("gat 0 n no\r\n", "VALUE n 0 2\r\n56\r\nEND\r\n", found("n", 2), missed("no"));
    logs(
        "delete n\r\n",
        "DELETED\r\n",
        found("n", 2),
        "type=deleted key=n cmd=delete clsid=1 size=2");
    logs("delete n\r\n", "NOT_FOUND\r\n", missed("n"));
  }

  @Test
  void metaCommands() {
    watch("fetchers mutations deletions");
    logs("mg no v\r\n", "EN\r\n", missed("no"));
    logs("mg viv v N30\r\n", "VA 0 W\r\n\r\n", missed("viv"));
    logs("mg viv s\r\n", "HD s0 Z\r\n", found("viv", 0));
    logs("ms m 2 T50\r\nhi\r\n", "HD\r\n", missed("m"), store("m", "stored", "set", "50", 2));
    logs("ms m 2 MA\r\nhi\r\n", "HD\r\n", found("m", 2), store("m", "stored", "append", "50", 4));
    logs("ms v 2 MA N20\r\nhi\r\n", "HD\r\n", missed("v"), store("v", "stored", "append", "20", 2));
    logs("ms m 2 C99\r\nhi\r\n", "EX\r\n", found("m", 4), store("m", "exists", "cas", "0", 2));
    logs("me m\r\n", meta("m"), found("m", 4));
    logs("me no\r\n", "EN\r\n", missed("no"));
    logs("md m I\r\n", "HD\r\n", found("m", 4));
    logs("md m x\r\n", "HD\r\n", found("m", 4), "type=deleted key=m cmd=md clsid=1 size=4");
    logs("md m\r\n", "HD\r\n", found("m", 0), "type=deleted key=m cmd=md clsid=1 size=0");
    logs("ma n N0 J7\r\n", "HD\r\n", missed("n"), missed("n"), store("n", "stored", "add", "0", 1));
    logs("ma n\r\n", "HD\r\n", found("n", 1));
    logs("mg YSBi b v\r\n", "EN\r\n", missed("a%20b"));
  }

  private String meta(String key) {
    try (Client other = new Client(server)) {
      other.send("me " + key + "\r\n");
      String line = other.line() + "\r\n";
      watcher.logLine();
      return line;
    }
  }

  @Test
  void flushedItemsAreSaidToBe() {
    watch("fetchers");
    client.ask("set f 0 0 1\r\nx\r\n");
    watcher.logLine();
    client.ask("flush_all 1\r\n");
    clock.advanceSeconds(2);
    logs("get f\r\n", "END\r\n", lookup("f", "flushed"));
  }

  /// What memcached 1.6.18 tells of these with a descriptor that is none, and a binary one not at
  /// all, because it crashes.
  @Test
  void valuesThatAreTooLarge() {
    watch("fetchers mutations");
    String value = "x".repeat(2000);
    String large = "2000\r\n" + value + "\r\n";
    String error = "SERVER_ERROR object too large for cache\r\n";
    logs("set big 0 0 " + large, error, refused("big", "set"), missed("big"));
    logs("add big 0 0 " + large, error, refused("big", "add"));
    logs("ms big " + large, error, refused("big", "set"), missed("big"));
    try (Client binary = new Client(server)) {
      binary.send(Packet.of(0x01).key("big").store(0, 0).value(value).bytes());
      assertEquals("01 03 0 - - Too large.", Packet.reply(binary));
    }
    assertEquals(refused("big", "null"), body(watcher.logLine()));
    assertEquals(missed("big"), body(watcher.logLine()));
  }

  @Test
  void binaryCommands() {
    watch("fetchers mutations deletions");
    try (Client binary = new Client(server)) {
      binary.send(Packet.of(0x01).key("k").store(0, 60).value("v").bytes());
      binary.send(Packet.of(0x02).key("k").store(0, 60).value("v").bytes());
      binary.send(Packet.of(0x00).key("k").bytes());
      binary.send(Packet.of(0x05).key("c").counter(1, 2, 0).bytes());
      binary.send(Packet.of(0x04).key("k").bytes());
      for (int i = 0; i < 5; i++) {
        Packet.reply(binary);
      }
    }
    List<String> expected =
        List.of(
            missed("k"),
            store("k", "stored", "set", "60", 1),
            found("k", 1),
            store("k", "not_stored", "add", "60", 1),
            found("k", 1),
            missed("c"),
            missed("c"),
            store("c", "stored", "add", "0", 1),
            found("k", 1));
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      seen.add(body(watcher.logLine()));
    }
    assertEquals(expected, seen);
  }

  private static String body(String line) {
    return line.substring(line.indexOf("type=")).replaceAll(" cfd=\\d+", " cfd=N");
  }

  @Test
  void keysAreWrittenAsInAUri() {
    watch("fetchers");
    String every = "-._~09AZaz%/\u00e9\u007f" + "\u0001".repeat(236);
    logs("get " + every + "\r\n", "END\r\n", missed("-._~09AZaz%25%2F%E9%7F" + "%01".repeat(236)));
  }
}
