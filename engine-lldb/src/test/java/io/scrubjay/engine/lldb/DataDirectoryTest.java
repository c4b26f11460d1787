package io.scrubjay.engine.lldb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory that can't be ours is refused in one line, and nothing in it is made or changed.
class DataDirectoryTest {
  @TempDir private Path folder;

  private String refusal(Path data, Map<String, String> settings) throws IOException {
    Map<String, String> before = contents(folder);
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Stores.open(data, Stores.options(settings), new FakeClock()).close());
    assertEquals(before, contents(folder), "something was made or changed");
    String message = String.valueOf(refused.getMessage());
    assertEquals(1, message.lines().count(), message);
    return message.replace(folder.toString(), "F");
  }

  private String refusal(Path data) throws IOException {
    return refusal(data, Map.of());
  }

  private static Map<String, String> contents(Path root) throws IOException {
    var contents = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        boolean isFile = Files.isRegularFile(file);
        contents.put(
            file.toString(), isFile ? new String(Files.readAllBytes(file), ISO_8859_1) : "");
      }
    }
    return contents;
  }

  private Path used() {
    Path data = Stores.fresh(folder, "used");
    Stores.open(data, Stores.options(Map.of()), new FakeClock()).close();
    return data;
  }

  @Test
  void oneThatIsNotThere() throws IOException {
    assertEquals(
        "data_dir = F/none, must be a directory that exists", refusal(folder.resolve("none")));
  }

  @Test
  void oneThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertEquals("data_dir = F/file, must be a directory", refusal(file));
  }

  @Test
  void oneWithSomebodyElsesFiles() throws IOException {
    Path data = Stores.fresh(folder, "photos");
    Files.writeString(data.resolve("cat.jpg"), "meow");
    assertEquals(
        "data_dir = F/photos, must be empty or a data directory of this engine's,"
            + " but it holds cat.jpg",
        refusal(data));
  }

  @Test
  void somebodyElsesRocksDb() throws IOException {
    Path data = Stores.fresh(folder, "rocks");
    for (String name : List.of("CURRENT", "IDENTITY", "LOCK", "MANIFEST-000005", "000004.log")) {
      Files.writeString(data.resolve(name), name);
    }
    assertTrue(refusal(data).endsWith("but it holds 000004.log"));
  }

  @Test
  void aNewerFormat() throws IOException {
    Path data = used();
    Files.writeString(data.resolve("FORMAT"), "scrubjay-lldb 2\nwal_dir db\n");
    assertEquals("data_dir = F/used, must be of format 1, but it is of format 2", refusal(data));
  }

  @Test
  void aFormatFileThatIsNone() throws IOException {
    Path data = used();
    Files.writeString(data.resolve("FORMAT"), "");
    assertEquals(
        "data_dir = F/used, must be a data directory of this engine's,"
            + " but its FORMAT file is not one",
        refusal(data));
  }

  @Test
  void oneThatAnotherServerHasOpen() throws IOException {
    Path data = Stores.fresh(folder, "taken");
    try (LldbEngine holder = Stores.open(data, Stores.options(Map.of()), new FakeClock())) {
      assertEquals(0, holder.store().pinnedBytes.usedBytes());
      assertEquals(
          "data_dir = F/taken, must be free, but another server has it open", refusal(data));
    }
  }

  @Test
  void aLogThatLiesElsewhere() throws IOException {
    Path wal = Stores.fresh(folder, "wal");
    Path data = used();
    assertEquals(
        "wal_dir = F/wal, must be left out, where this data's log lies",
        refusal(data, Map.of("wal_dir", wal.toString())));
  }

  @Test
  void aStartThatWasCutShortIsTakenUp() throws IOException {
    Path data = used();
    Files.delete(data.resolve("FORMAT"));
    Stores.open(data, Stores.options(Map.of()), new FakeClock()).close();
    assertTrue(Files.exists(data.resolve("FORMAT")));
  }
}
