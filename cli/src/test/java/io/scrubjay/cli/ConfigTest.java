package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A config file and the environment say what flags say; flags win over the environment, and that
/// over the file.
class ConfigTest {
  @TempDir Path folder;

  private Launch parse(String text, Map<String, String> environment, String... flags)
      throws IOException {
    Path file = Files.writeString(folder.resolve("c.toml"), text);
    List<String> arguments = new ArrayList<>(List.of("-o", "config=" + file));
    arguments.addAll(List.of(flags));
    return CommandLine.parse(arguments, new FakeHost("jay", true, environment));
  }

  private ServerOptions options(String text, Map<String, String> environment, String... flags)
      throws IOException {
    Launch launch = parse(text, environment, flags);
    return assertInstanceOf(Launch.Run.class, launch, launch.toString()).options();
  }

  private String refusal(String text, Map<String, String> environment) throws IOException {
    var exit = assertInstanceOf(Launch.Exit.class, parse(text, environment), text);
    assertEquals(1, exit.status());
    return exit.err().replace(folder + "/", "");
  }

  @Test
  void aFileSaysWhatFlagsSay() throws IOException {
    String text =
        """
        # a comment
        conn-limit = 77 # and another
        listen = ["127.0.0.1", '::1']
        verbose = 2
        disable_cas = true
        disable-flush-all = false

        slab_automove = 0
        snapshot = "a,\\"b\\""
        no_hashexpand = true
        """;
    ServerOptions options = options(text, Map.of());
    ServerOptions same =
        assertInstanceOf(
                Launch.Run.class,
                CommandLine.parse(
                    List.of(
                        "-c77", "-l127.0.0.1", "-l::1", "-vvCo", "slab_automove=0,no_hashexpand"),
                    FakeHost.USER))
            .options();
    assertEquals(same.connections(), options.connections());
    assertEquals(same.listening(), options.listening());
    assertEquals(same.log(), options.log());
    assertEquals("0", options.engineSettings().get("slab_automove"));
    assertEquals("no", options.engineSettings().get("hash_expand"));
    assertEquals("a,\"b\"", options.engineSettings().get("snapshot"));
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    String text = "conn-limit = 505\nthreads = 2\nverbose = 2\n";
    var environment = Map.of("SCRUBJAY_CONN_LIMIT", "606", "SCRUBJAY_VERBOSE", "1");
    ServerOptions byEnvironment = options(text, environment);
    assertEquals(606, byEnvironment.connections().connectionsMax());
    assertEquals(1, byEnvironment.log().verbosity());
    ServerOptions byFlags = options(text, environment, "-c707", "-vvv");
    assertEquals(707, byFlags.connections().connectionsMax());
    assertEquals(3, byFlags.log().verbosity());
  }

  @Test
  void aFlagForAddressesReplacesTheFiles() throws IOException {
    ServerOptions flag = options("listen = \"127.0.0.1\"\n", Map.of(), "-l", "::1");
    assertEquals(options("", Map.of(), "-l", "::1").listening(), flag.listening());
  }

  @Test
  void theEnvironmentSwitchesOffWhatTheFileSwitchedOn() throws IOException {
    String text = "disable-cas = true\n";
    assertFalse(options(text, Map.of()).equals(options("", Map.of())));
    assertEquals(options("", Map.of()), options(text, Map.of("SCRUBJAY_DISABLE_CAS", "false")));
  }

  @Test
  void theEnvironmentNamesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("d.toml"), "conn-limit = 909\n");
    var host = new FakeHost("jay", true, Map.of("SCRUBJAY_CONFIG", file.toString()));
    var run = assertInstanceOf(Launch.Run.class, CommandLine.parse(List.of(), host));
    assertEquals(909, run.options().connections().connectionsMax());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          thread = 4      | c.toml:1: thread = 4: no such option; did you mean threads?
          threads = "4x"  | c.toml:1: threads = 4x: must be a whole number
          threads = 0     | c.toml:1: threads = 0: Number of threads must be greater than 0
          slab_automove_ratio = 2 | c.toml:1: slab_automove_ratio = 2: slab_automove_ratio must be > 0 and < 1
          disable-cas = 1 | c.toml:1: disable-cas = 1: must be true or false
          verbose = 9     | c.toml:1: verbose = 9: must be true or false, or 0 to 3
          threads = [1,2] | c.toml:1: threads = [1, 2]: must be one value, not an array
          threads 4       | c.toml:1: threads 4: must be key = value
          [extended]      | c.toml:1: [extended]: must be key = value
          threads = four  | c.toml:1: threads = four: a value must be "text", a number, true, false or [an array]
          user = "a       | c.toml:1: user = "a: a string must end on its line
          user = "\\q"    | c.toml:1: user = "\\q": the escapes are \\" \\\\ \\n \\t
          listen = ["a"   | c.toml:1: listen = ["a": an array must end with ] on its line
          config = "d"    | c.toml:1: config = d: a file can't name another
          threads = 4 5   | c.toml:1: threads = 4 5: nothing may follow the value
          """)
  void aWrongLineIsNamedWithTheRule(String line, String refusal) throws IOException {
    assertEquals(refusal + "\n", refusal(line + "\n", Map.of()));
  }

  @Test
  void aNameSaidTwiceIsRefused() throws IOException {
    assertEquals(
        "c.toml:2: conn_limit = 2: said before, in line 1\n",
        refusal("conn-limit = 1\nconn_limit = 2\n", Map.of()));
  }

  @Test
  void aFileThatIsTooLongNotTextOrAbsentIsRefused() throws IOException {
    assertEquals(
        "c.toml: must be at most 65536 bytes\n",
        refusal("#".repeat(ConfigSource.FILE_BYTES_MAX + 1), Map.of()));
    options("#".repeat(ConfigSource.FILE_BYTES_MAX), Map.of());
    Path bytes = Files.write(folder.resolve("e.toml"), new byte[] {(byte) 0xFF});
    Map<Path, String> rules =
        Map.of(
            bytes,
            "must be UTF-8",
            folder.resolve("none"),
            "can't be read: No such file or directory",
            folder,
            "can't be read: Is a directory",
            Path.of(""),
            "config: must name a file");
    for (var wrong : rules.entrySet()) {
      var launch = CommandLine.parse(List.of("-o", "config=" + wrong.getKey()), FakeHost.USER);
      var exit = assertInstanceOf(Launch.Exit.class, launch);
      assertTrue(exit.err().contains(wrong.getValue()), exit.err());
    }
  }

  @Test
  void aVariableNearAnOptionIsRefusedAndAnothersPassedOver() throws IOException {
    assertEquals(
        "SCRUBJAY_THREDS = 2: no such option; did you mean SCRUBJAY_THREADS?\n",
        refusal("", Map.of("SCRUBJAY_THREDS", "2")));
    assertEquals(
        "SCRUBJAY_SLAB_AUTOMOV = 0: no such option; did you mean SCRUBJAY_SLAB_AUTOMOVE?\n",
        refusal("", Map.of("SCRUBJAY_SLAB_AUTOMOV", "0")));
    var others =
        Map.of(
            "SCRUBJAY_REQUIRE_TOOLS", "1",
            "SCRUBJAY_REAL_TIME", "1",
            "SCRUBJAY_WRITE_PAGES", "1",
            "SCRUBJAY_SERVICE_HOST", "10.0.0.1",
            "SCRUBJAY_SERVICE_PORT", "11211",
            "SCRUBJAY_PORT_11211_TCP", "tcp://10.0.0.1:11211",
            "SCRUBJAY_PORT_11211_TCP_PROTO", "tcp",
            "SCRUBJAY_PORT", "tcp://10.0.0.1:11211");
    assertEquals(options("", Map.of()), options("", others));
  }

  @Test
  void helpIsPrintedWhateverTheEnvironmentSays() {
    var host = new FakeHost("jay", true, Map.of("SCRUBJAY_THREDS", "2"));
    var exit = assertInstanceOf(Launch.Exit.class, CommandLine.parse(List.of("-h"), host));
    assertEquals(0, exit.status());
  }
}
