package io.scrubjay.conformance.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connection works in one database: its user's, else its listener's, else the server's.
class DatabasesTest {
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void makesADirectory() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
  }

  private ServerOptions.Builder options(String... tags) {
    List<Listener> listeners =
        Stream.of(tags)
            .map(tag -> new Listener(LOOPBACK, 0, null, Listener.Tls.AS_SERVER, tag))
            .toList();
    return ServerOptions.builder()
        .listening(new ListenOptions(listeners, List.of(), null, List.of(), 100, null, 0, 0, 0))
        .threads(2)
        .engine("lldb")
        .extensions(true)
        .engineSettings(Map.of("data_dir", data.toString(), "databases", "a:b-2"));
  }

  private static Wire wire(Scrubjay server, int listener) throws IOException {
    return new Wire(server.addresses().get(listener).getPort());
  }

  private static void set(Wire wire, String key, String value) throws IOException {
    String request = "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
    assertEquals("STORED", wire.ask(request));
  }

  @Test
  void eachListenersTagChoosesOne() throws IOException {
    try (Scrubjay server = Scrubjay.start(options("", "db_a", "db_b-2", "tag").build());
        Wire plain = wire(server, 0);
        Wire a = wire(server, 1);
        Wire b = wire(server, 2);
        Wire tagged = wire(server, 3)) {
      set(plain, "k", "default's");
      set(a, "k", "a's");
      assertEquals("EN", b.ask("mg k v\r\n"));
      assertEquals("default's", plain.value("k"));
      assertEquals("default's", tagged.value("k"));
      assertEquals("a's", a.value("k"));
    }
  }

  @Test
  void manyConnectionsOfAllWorkersMeetInOne() throws IOException {
    try (Scrubjay server = Scrubjay.start(options("", "db_a").build())) {
      for (int i = 0; i < 8; i++) {
        try (Wire plain = wire(server, 0);
            Wire a = wire(server, 1)) {
          set(a, "k" + i, "v");
          assertEquals("EN", plain.ask("mg k" + i + " v\r\n"));
        }
      }
      try (Wire a = wire(server, 1)) {
        assertEquals("v", a.value("k0"));
        assertEquals("v", a.value("k7"));
      }
    }
  }

  @Test
  void flushingScanningAndCountingStayInOne() throws IOException {
    try (Scrubjay server = Scrubjay.start(options("", "db_a").build());
        Wire plain = wire(server, 0);
        Wire a = wire(server, 1)) {
      set(plain, "k1", "v");
      set(a, "k2", "v");
      set(a, "k3", "v");
      List<String> figures = a.lines("stats\r\n", "END");
      assertTrue(figures.contains("STAT curr_items 2"), figures.toString());
      assertTrue(figures.contains("STAT db:default:curr_items 1"), figures.toString());
      assertTrue(figures.contains("STAT db:a:curr_items 2"), figures.toString());
      assertEquals(List.of("VALUE k1 0 1", "v", "END"), plain.lines("scan * 10\r\n", "END"));
      assertEquals("OK", a.ask("flush_all\r\n"));
      assertEquals("EN", a.ask("mg k2 v\r\n"));
      assertEquals("v", plain.value("k1"));
    }
  }

  @Test
  void whatIsStoredInOneIsThereAgain() throws IOException {
    try (Scrubjay server = Scrubjay.start(options("db_a").build());
        Wire a = wire(server, 0)) {
      set(a, "k", "v");
    }
    try (Scrubjay server = Scrubjay.start(options("db_a", "").build());
        Wire a = wire(server, 0);
        Wire plain = wire(server, 1)) {
      assertEquals("v", a.value("k"));
      assertEquals("EN", plain.ask("mg k v\r\n"));
    }
  }

  @Test
  void theServersIsForWhoeverComesWithoutATag() throws IOException {
    try (Scrubjay server = Scrubjay.start(options("", "db_a", "db_default").database("a").build());
        Wire plain = wire(server, 0);
        Wire a = wire(server, 1);
        Wire named = wire(server, 2)) {
      set(plain, "k", "v");
      assertEquals("v", a.value("k"));
      assertEquals("EN", named.ask("mg k v\r\n"));
    }
  }

  @Test
  void theUsersGoesBeforeTheListeners() throws IOException {
    Path users =
        Files.writeString(
            folder.resolve("users"),
            """
            anna:{database=a}nut
            ben:acorn
            """);
    try (Scrubjay server =
            Scrubjay.start(options("", "db_b-2").authFile(users.toString()).build());
        Wire anna = wire(server, 0);
        Wire annaElsewhere = wire(server, 1);
        Wire ben = wire(server, 0);
        Wire benElsewhere = wire(server, 1)) {
      for (Wire each : List.of(anna, annaElsewhere)) {
        set(each, "login", "anna nut");
      }
      for (Wire each : List.of(ben, benElsewhere)) {
        set(each, "login", "ben acorn");
      }
      set(anna, "k", "a's");
      set(ben, "k", "default's");
      assertEquals("a's", annaElsewhere.value("k"));
      assertEquals("EN", benElsewhere.ask("mg k v\r\n"));
      assertEquals("default's", ben.value("k"));
    }
  }

  private void refused(ServerOptions options, String message) throws IOException {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Scrubjay.start(options).close());
    assertEquals(message, refused.getMessage());
    try (Stream<Path> files = Files.list(data)) {
      assertEquals(List.of(), files.toList(), "something was made");
    }
  }

  @Test
  void anUnknownOneIsRefusedAndNothingIsMade() throws IOException {
    String known = ", must be one of default, a, b-2 with engine=lldb";
    refused(options("db_c").build(), "database = c" + known);
    refused(options("", "db_").build(), "database = " + known);
    refused(options("").database("../a").build(), "database = ../a" + known);
    refused(
        options("")
            .engineSettings(Map.of("data_dir", data.toString(), "databases", "a:b/c"))
            .build(),
        "databases = b/c, must be 1 to 32 letters, digits and hyphens each, colons between them");
    Path users = Files.writeString(folder.resolve("users"), "anna:{database=c}nut\n");
    refused(
        options("").authFile(users.toString()).build(),
        "Authfile [" + users + "]: database = c, must be one of default, a, b-2");
  }

  @Test
  void anEngineWithoutDatabasesHasTheDefaultOneOnly() throws IOException {
    refused(
        options("db_a").engine("slab").engineSettings(Map.of()).build(),
        "database = a, must be one of default with engine=slab");
    ServerOptions slab = options("db_default").engine("slab").engineSettings(Map.of()).build();
    try (Scrubjay server = Scrubjay.start(slab);
        Wire wire = wire(server, 0)) {
      set(wire, "k", "v");
    }
  }
}
