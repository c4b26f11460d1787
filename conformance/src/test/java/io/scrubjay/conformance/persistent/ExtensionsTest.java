package io.scrubjay.conformance.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/reference/extensions.md, command by command.
class ExtensionsTest {
  @TempDir private Path folder;
  private Scrubjay server;
  private Wire wire;

  @BeforeEach
  void starts() throws IOException {
    server = Scrubjay.start(options(folder, true));
    wire = new Wire(server.address().getPort());
  }

  @AfterEach
  void ends() throws IOException {
    wire.close();
    server.close();
  }

  private static ServerOptions options(Path data, boolean extensions) {
    return ServerOptions.builder()
        .port(0)
        .threads(1)
        .engine("lldb")
        .extensions(extensions)
        .engineSettings(Map.of("data_dir", data.toString()))
        .build();
  }

  private void set(String key, String value) throws IOException {
    assertEquals(
        "STORED", wire.ask("set " + key + " 5 0 " + value.length() + "\r\n" + value + "\r\n"));
  }

  private List<String> lines(String request, String last) throws IOException {
    return wire.lines(request + "\r\n", last);
  }

  @Test
  void scanGivesAPageInKeyOrder() throws IOException {
    set("user:2", "two");
    set("user:1", "one");
    set("cart:1", "x");
    assertEquals(
        List.of("VALUE user:1 5 3", "one", "VALUE user:2 5 3", "two", "END"),
        lines("scan user: 10", "END"));
    assertEquals(List.of("END"), lines("scan none 10", "END"));
    assertEquals(7, lines("scan * 1000", "END").size());
  }

  @Test
  void aCursorGoesOnBehindThePage() throws IOException {
    for (int i = 0; i < 5; i++) {
      set("k" + i, "v");
    }
    List<String> first = lines("scan k 2", "END");
    assertEquals("VALUE k1 5 1", first.get(2));
    String cursor = first.get(4).substring("CURSOR ".length());
    List<String> second = lines("scan k 2 " + cursor, "END");
    assertEquals("VALUE k2 5 1", second.getFirst());
    String next = second.get(4).substring("CURSOR ".length());
    assertEquals(List.of("VALUE k4 5 1", "v", "END"), lines("scan k 2 " + next, "END"));
    String wrong = "CLIENT_ERROR the cursor is none that a scan of this prefix gave";
    assertEquals(wrong, wire.ask("scan other 2 " + cursor + "\r\n"));
    assertEquals(wrong, wire.ask("scan k 2 AAAA\r\n"));
    assertEquals(wrong, wire.ask("scan k 2 !\r\n"));
  }

  @Test
  void badRequestsGetOneLine() throws IOException {
    assertEquals("CLIENT_ERROR usage: scan PREFIX LIMIT [CURSOR]", wire.ask("scan k\r\n"));
    assertEquals("CLIENT_ERROR limit = 0, must be 1..1000", wire.ask("scan k 0\r\n"));
    assertEquals("CLIENT_ERROR limit = 1001, must be 1..1000", wire.ask("scan k 1001\r\n"));
    assertEquals("CLIENT_ERROR usage: delprefix PREFIX", wire.ask("delprefix *\r\n"));
    assertEquals("CLIENT_ERROR flag x, must be v, k, f, c, t, s or P", wire.ask("mscan k 2 x\r\n"));
    assertTrue(wire.ask("lldb explode\r\n").startsWith("CLIENT_ERROR lldb = explode, must be "));
  }

  @Test
  void metaScanGivesWhatItsFlagsAskFor() throws IOException {
    set("k1", "one");
    set("k2", "three");
    assertEquals(
        List.of("VA 3 kk1 f5 t-1 s3", "one", "VA 5 kk2 f5 t-1 s5", "three", "EN"),
        lines("mscan k 10 v k f t s", "EN"));
    List<String> page = lines("mscan k 1 k", "EN P");
    assertEquals("HD kk1", page.getFirst());
    String cursor = page.getLast().substring("EN ".length());
    assertEquals(List.of("HD kk2", "EN"), lines("mscan k 1 k " + cursor, "EN"));
  }

  @Test
  void delprefixRemovesThatAndNothingElse() throws IOException {
    set("user:1", "one");
    set("user:2", "two");
    set("user", "stays");
    assertEquals("DELETED", wire.ask("delprefix user:\r\n"));
    assertEquals("EN", wire.ask("mg user:1 v\r\n"));
    assertEquals("stays", wire.value("user"));
    set("user:1", "again");
    assertEquals("again", wire.value("user:1"));
  }

  @Test
  void seizeGetsAndDeletes() throws IOException {
    set("k", "value");
    assertEquals(List.of("VALUE k 5 5", "value", "END"), lines("seize k", "END"));
    assertEquals(List.of("END"), lines("seize k", "END"));
    assertEquals("CLIENT_ERROR bad command line format", wire.ask("seize\r\n"));
  }

  @Test
  void laterRequestsWaitForTheirTurn() throws IOException {
    set("k", "v");
    assertEquals(
        List.of("VALUE k 5 1", "v", "END", "HD", "END", "MN"),
        wire.lines("scan k 5\r\nmd k\r\nscan k 5\r\nmn\r\n", "MN"));
  }

  @Test
  void aBackupIsRestoredToAnEmptyDirectory(@TempDir Path other) throws IOException {
    Path backup = Files.createDirectory(other.resolve("backup"));
    Path restored = Files.createDirectory(other.resolve("restored"));
    set("k", "before");
    String answer = lines("lldb backup " + backup, "END").getFirst();
    assertTrue(answer.matches("backup 1: \\d+ files, \\d+ bytes"), answer);
    set("k", "after");
    assertEquals(
        List.of("restored"),
        Scrubjay.tool("lldb", List.of("restore", backup.toString(), "data_dir=" + restored)));
    try (Scrubjay second = Scrubjay.start(options(restored, false));
        Wire to = new Wire(second.address().getPort())) {
      assertEquals("before", to.value("k"));
    }
    assertEquals(
        List.of("all checksums are right"),
        Scrubjay.tool("lldb", List.of("verify", "data_dir=" + restored)));
  }

  @Test
  void choresAnswer() throws IOException {
    set("k", "v");
    assertEquals(List.of("all checksums are right", "END"), lines("lldb verify", "END"));
    assertEquals(List.of("compacted", "END"), lines("lldb compact", "END"));
    assertEquals(
        List.of("default 1", "END"), lines("lldb property rocksdb.estimate-num-keys", "END"));
    assertTrue(lines("stats lldb", "END").contains("STAT default:estimate_num_keys 1"));
  }

  @Test
  void offTheWireIsMemcacheds() throws IOException {
    Path data = Files.createDirectory(folder.resolve("plain"));
    try (Scrubjay plain = Scrubjay.start(options(data, false));
        Wire to = new Wire(plain.address().getPort())) {
      for (String word :
          List.of("scan k 1", "mscan k 1", "delprefix k", "seize k", "lldb verify")) {
        assertEquals("ERROR", to.ask(word + "\r\n"), word);
      }
    }
  }
}
