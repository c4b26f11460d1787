package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The script `scrubjay`, in a checkout that is built already and with a JDK whose `java` only says
/// whether it is given the persistent engine, and what is left in the standard input.
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in *-Djava.library.path=*) echo lldb ;; *) echo slab ;; esac
      cat
      """;

  @TempDir private Path folder;

  @BeforeEach
  void checkout() throws IOException {
    Files.copy(Path.of("../scrubjay"), folder.resolve("scrubjay"));
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(jdk.resolveSibling("release"), "JAVA_VERSION=\"25\"\n");
    for (String program : new String[] {"java", "javac"}) {
      Path file = Files.writeString(jdk.resolve(program), JAVA);
      assertTrue(file.toFile().setExecutable(true));
    }
    // Newer than all sources, since it is made last and there are none.
    Files.createDirectories(folder.resolve("target/launch/lldb"));
    Files.createFile(folder.resolve("target/launch/stamp"));
    Files.createFile(folder.resolve("target/launch/lldb/stamp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-o engine=lldb",
        "-oengine=lldb,data_dir=d",
        "-vo data_dir=d,engine=lldb",
        "--extended=engine=slab,engine=lldb",
        "-o engine=slab -o engine=lldb -o data_dir=d",
        "-o config=lldb.toml",
        "-o config=none.toml -o threads=1,config=lldb.toml,data_dir=d",
        "-o config=capitals.toml",
        "-o config=array.toml",
        "-o config=-x",
        "lldb verify data_dir=d",
      })
  void thePersistentEngineIsThereWhenAskedFor(String flags) throws Exception {
    assertEquals("lldb\n", launched("", "", "", flags));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-p 0",
        "-o engine=slab",
        "-o engine=lldb -o engine=slab",
        "-o engine=lldb2",
        "-o data_dir=d",
        "-o config=slab.toml",
        "-o config=none.toml",
        "-o config=",
        "-o config=lldb.toml,engine=slab",
        "-h -o engine=lldb",
        "-o config=lldb.toml -V",
        "--version -o engine=lldb",
        "-- -o engine=lldb",
      })
  void itIsNotFetchedUnasked(String flags) throws Exception {
    assertEquals("slab\n", launched("", "", "", flags));
  }

  @ParameterizedTest
  @CsvSource({
    "lldb, '', '', lldb",
    "lldb, '', -o engine=slab, slab",
    "slab, '', -o engine=lldb, lldb",
    "slab, lldb.toml, '', slab",
    "slab, '', -o config=lldb.toml, slab",
    "lldb, slab.toml, '', lldb",
    "'', lldb.toml, '', lldb",
    "'', lldb.toml, -o config=slab.toml, slab",
    "lldb, '', -h, slab",
  })
  void aFlagWinsOverAVariableAndThatOverTheFile(
      String engine, String config, String flags, String expected) throws Exception {
    assertEquals(expected + "\n", launched(engine, config, "", flags));
  }

  @Test
  void aConfigThatIsAPipeIsLeftToTheServer() throws Exception {
    String text = "threads = 1\n";
    assertEquals("slab\n" + text, launched("", "", text, "-o config=/dev/stdin"));
  }

  private String launched(String engine, String config, String in, String flags) throws Exception {
    Files.writeString(folder.resolve("lldb.toml"), "threads = 1\n\tengine =\t'lldb' # kept\n");
    Files.writeString(folder.resolve("capitals.toml"), "Engine = \"lldb\"\n");
    Files.writeString(folder.resolve("array.toml"), "engine = [ \"lldb\" ]\n");
    Files.writeString(folder.resolve("-x"), "engine=\"lldb\"\n");
    Files.writeString(folder.resolve("slab.toml"), "#engine = \"lldb\"\nengine = \"slab\"\n");
    var builder = new ProcessBuilder("./scrubjay").directory(folder.toFile());
    builder.command().addAll(Arrays.asList(flags.split(" ", -1)));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("SCRUBJAY_ENGINE", engine);
    builder.environment().put("SCRUBJAY_CONFIG", config);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (var out = process.getInputStream()) {
      try (var input = process.getOutputStream()) {
        input.write(in.getBytes(StandardCharsets.US_ASCII));
      }
      byte[] said = Await.result("what it says", out::readAllBytes);
      return new String(said, StandardCharsets.US_ASCII);
    } finally {
      process.destroyForcibly();
    }
  }
}
