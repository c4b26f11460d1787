package io.scrubjay.engine.slab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Gets, once an item is active, write to no slab page and to no line of the index: there, a write
/// would be the end of the process. What this doesn't see is the Java heap, where a session has its
/// turn, its tallies and its buffers to itself.
@EnabledOnOs(OS.LINUX)
class SealedStoreTest {
  @TempDir Path folder;

  private record Ended(int status, String output) {}

  private Ended run(String argument) throws Exception {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve("crash-%p"),
            "-cp",
            System.getProperty("java.class.path"),
            SealedStore.class.getName(),
            argument);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try {
      return Await.result(
          "the end of " + argument,
          () -> {
            String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
            return new Ended(process.waitFor(), output);
          });
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void getsWriteToNoMemoryThatOthersRead() throws Exception {
    Ended gets = run("get");
    assertEquals(0, gets.status, gets.output);
    assertTrue(gets.output.contains(SealedStore.SURVIVED), gets.output);
  }

  /// Without which the other test would show nothing.
  @Test
  void aSetDoesAndEndsTheProcess() throws Exception {
    Ended set = run("set");
    assertTrue(set.output.contains(SealedStore.SURVIVED), set.output);
    assertNotEquals(0, set.status, set.output);
    assertTrue(set.output.contains("SIGSEGV"), set.output);
  }
}
