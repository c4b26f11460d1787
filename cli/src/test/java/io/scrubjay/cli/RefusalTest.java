package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.options.BindingProtocol;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a bad command line gets: memcached's words on stderr, nothing on stdout, its exit status.
class RefusalTest {
  private static Launch.Exit exit(String line) {
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
    return assertInstanceOf(Launch.Exit.class, CommandLine.parse(arguments, FakeHost.ROOT), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -c 0                  | 1  | Maximum connections must be greater than 0
          -c abc                | 1  | Maximum connections must be greater than 0
          -t 0                  | 1  | Number of threads must be greater than 0
          -t -1                 | 1  | Number of threads must be greater than 0
          -R 0                  | 1  | Number of requests per event must be greater than 0
          -f 1                  | 1  | Factor must be greater than 1
          -f x                  | 1  | Factor must be greater than 1
          -n 0                  | 1  | Chunk size must be greater than 0
          -p 70000              | 64 | ERROR: Invalid port number 70000.
          -I 1023               | 64 | Item max size cannot be less than 1024 bytes.
          -I 1g                 | 64 | Item max size cannot be less than 1024 bytes.
          -I 1025m -m 4096      | 64 | Cannot set item size limit higher than a gigabyte.
          -I 4000m -m 16000     | 64 | Cannot set item size limit higher than a gigabyte.
          -I 1025m              | 64 | Cannot set item size limit higher than 1/2 of memory max.
          -m 1                  | 64 | Cannot set item size limit higher than 1/2 of memory max.
          -m 0                  | 64 | Cannot set item size limit higher than 1/2 of memory max.
          -m -1                 | 64 | Memory limit cannot be less than 0.
          -I 1k                 | 64 | slab_chunk_max (bytes: 524288) cannot be larger than -I (item_size_max 1024)
          -I 768k               | 64 | -I (item_size_max: 786432) must be evenly divisible by slab_chunk_max (bytes: 524288)
          -o slab_chunk_max=3 -I 3m | 64 | slab_chunk_max (bytes: 3072) must divide evenly into 1048576 (slab_page_size)
          -u nobody-here        | 67 | can't find the user nobody-here to switch to
          -U 70000              | 64 | ERROR: Invalid port number 70000.
          -U -2                 | 64 | ERROR: Invalid port number -2.
          -p 0                  | 1  | port 0 turns TCP off, and there is nothing else to listen on; -p -1 picks a free port
          -p abc                | 1  | port 0 turns TCP off, and there is nothing else to listen on; -p -1 picks a free port
          -N 0                  | 1  | Maximum number of NAPI IDs must be greater than 0
          -c 22 -t 4            | 1  | Maxconns setting is too low, use -c to increase.
          """)
  void oneLineAndTheStatus(String line, int status, String message) {
    Launch launch = CommandLine.parse(List.of(line.split(" ")), new FakeHost("root", true));
    var exit = assertInstanceOf(Launch.Exit.class, launch);
    assertEquals("", exit.out());
    assertEquals(message + "\n", exit.err().replaceFirst("warning: running as root.*\n", ""));
    assertEquals(status, exit.status());
  }

  @ParameterizedTest
  @CsvSource({"-Y, auth-file", "-e, memory-file", "-P, pidfile"})
  void anEmptyNameIsNoFile(String flag, String name) {
    Launch launch = CommandLine.parse(List.of(flag, " "), FakeHost.USER);
    var exit = assertInstanceOf(Launch.Exit.class, launch);
    assertEquals(flag + " (--" + name + ") must name a file\n", exit.err());
    assertEquals(1, exit.status());
  }

  @Test
  void theConnectionLimitCountsFiveDescriptorsForEachThread() {
    assertInstanceOf(
        Launch.Run.class, CommandLine.parse(List.of("-c", "23", "-t", "4"), FakeHost.USER));
  }

  @Test
  void gettingAnOptionWrongIsSaidTwice() {
    assertEquals(
        new Launch.Exit(1, "", "scrubjay: invalid option -- 'q'\nIllegal argument \"?\"\n"),
        exit("-q -c 0"));
    assertEquals(
        "scrubjay: option requires an argument -- 'p'\nIllegal argument \"?\"\n", exit("-p").err());
  }

  @Test
  void anUnknownProtocolIsSaidInTwoLines() {
    assertEquals(
        new Launch.Exit(
            64,
            "",
            """
            Invalid value for binding protocol: ASCII
             -- should be one of auto, binary, or ascii
            """),
        exit("-B ASCII"));
  }

  @Test
  void theFirstMistakeDecides() {
    assertEquals("Factor must be greater than 1\n", exit("-m 1 -f 1 -c 0").err());
    assertEquals("Illegal suboption \"foo\"\n", exit("-o hashpower=32 -o foo -h").err());
  }

  @Test
  void aHashTableMustOutgrowTheLocks() {
    int[][] powers = {{1, 10}, {2, 10}, {3, 11}, {4, 12}, {5, 13}, {10, 13}, {11, 14}, {21, 15}};
    for (int[] row : powers) {
      List<String> arguments =
          List.of("-t", "" + row[0], "-l::1", "-o", "hashpower=" + Math.max(12, row[1]));
      Launch launch = CommandLine.parse(arguments, FakeHost.USER);
      if (row[1] < 12) {
        assertInstanceOf(Launch.Run.class, launch, arguments::toString);
      } else {
        String err = assertInstanceOf(Launch.Exit.class, launch).err();
        assertTrue(
            err.startsWith(
                "Hash table power size (%d) cannot be equal to or less than item lock table (%d)\n"
                    .formatted(row[1], row[1])),
            err);
        assertEquals(3, err.lines().count());
      }
    }
  }

  @Test
  void aTooHighHashPowerGetsAHint() {
    assertEquals(
        """
        Initial hashtable multiplier of 33 is too high
        Choose a value based on "STAT hash_power_level" from a running instance
        """,
        exit("-o hashpower=33").err());
  }

  @ParameterizedTest
  @EnumSource
  void aFlagThatIsNotThereYetIsRefusedByName(Flag flag) {
    if (flag.available) {
      return;
    }
    String name = flag.longName.isEmpty() ? "" : " (--" + flag.longName + ")";
    assertEquals(
        new Launch.Exit(1, "", "-" + flag.letter + name + " is not available in this version\n"),
        exit("-" + flag.letter + (flag.argument == Flag.Argument.REQUIRED ? " 1" : "")));
  }

  @Test
  void anEmptyDelimiterIsNone() {
    assertEquals(
        new Launch.Exit(1, "", "No delimiter specified\n"),
        CommandLine.parse(List.of("-D", ""), FakeHost.USER));
  }

  /// What [Conflicts] says to settings, whether or not their features are there.
  private static String conflict(Consumer<Settings> settings) {
    var read = new Settings();
    settings.accept(read);
    Launch.Exit exit = Conflicts.first(read, FakeHost.USER);
    if (exit == null) {
      return "";
    }
    assertEquals(64, exit.status());
    return exit.err();
  }

  @Test
  void passwordsAreForOneProtocol() {
    assertEquals(
        "ERROR: You cannot allow the ASCII protocol while using SASL.\n",
        conflict(
            it -> {
              it.sasl = true;
              it.protocol = BindingProtocol.AUTO;
            }));
    assertEquals(
        "ERROR: Cannot enable UDP while using binary SASL authentication.\n",
        conflict(
            it -> {
              it.sasl = true;
              it.udpPort = 1;
            }));
    assertEquals(
        "Cannot use UDP with ascii authentication enabled (-U 0 to disable)\n",
        conflict(
            it -> {
              it.authFile = "f";
              it.udpPort = 1;
            }));
    assertEquals(
        "ERROR: You cannot allow the BINARY protocol while using ascii authentication tokens.\n",
        conflict(
            it -> {
              it.authFile = "f";
              it.protocol = BindingProtocol.AUTO;
            }));
    assertEquals(
        "",
        conflict(
            it -> {
              it.authFile = "f";
              it.protocol = BindingProtocol.ASCII;
            }));
  }

  @Test
  void tlsNeedsATcpPort() {
    assertEquals(
        "ERROR: You cannot enable SSL without a TCP port.\n",
        conflict(
            it -> {
              it.tls.enabled = true;
              it.port = 0;
            }));
  }

  @Test
  void thereAreNoMoreNapiIdsThanThreads() {
    assertEquals(
        "Number of napi_ids(5) cannot be greater than number of threads(4)\n",
        conflict(it -> it.napiIds = 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ,                        | -l names no address
          [::1                     | Invalid IPV6 address: "[::1"
          ::1,h:x                  | Invalid port number: "x"
          h:                       | Invalid port number: ""
          h:65536                  | Invalid port number: "65536"
          notls:h                  | 'notls' option is valid only when SSL is enabled
          btls:h                   | 'btls' option is valid only when SSL is enabled
          mtls:h                   | 'otls' option is valid only when SSL is enabled
          proto[ascii:h            | Invalid protocol spec: "[ascii:h"
          proto[proxy]:h           | Server not built with proxy: "proto[proxy]:h"
          tag[]:h                  | Listener tags must be between 1 and 8 characters: ""
          tag[ninechars]:h         | Listener tags must be between 1 and 8 characters: "ninechars"
          tag_db_x:h               | Invalid tag in socket config: "tag_db_x:h"
          tag_x:h                  | Invalid tag in socket config: "tag_x:h"
          tag[x]h                  | Invalid tag in socket config: "tag[x]h"
          """)
  void anElementThatIsNoneIsSaidBeforeTheFailure(String list, String message) {
    assertEquals(
        new Launch.Exit(
            71,
            "",
            message + "\nfailed to listen on one of interface(s) " + list + ": Invalid argument\n"),
        CommandLine.parse(List.of("-l", list), FakeHost.USER));
  }

  @Test
  void versionAndHelpGoToStdout() {
    assertEquals(
        new Launch.Exit(0, "scrubjay " + Version.NUMBER + " (memcached 1.6.45)\n", ""), exit("-V"));
    assertEquals(exit("-V"), exit("-m 1 --version -c 0"));
    assertEquals(0, exit("-i").status());
    Launch.Exit help = exit("-h");
    assertEquals(0, help.status());
    assertEquals("", help.err());
    assertEquals(Version.LINE, help.out().lines().findFirst().orElseThrow());
    for (Flag flag : Flag.values()) {
      assertTrue(help.out().contains("-" + flag.letter), flag::name);
    }
    // By these words clients' tests find out what there is.
    for (String absent : List.of("ext_path", "proxy_config", "no_drop_privileges")) {
      assertFalse(help.out().contains(absent), absent);
    }
    for (Suboption suboption : Suboption.values()) {
      if (!suboption.available) {
        assertTrue(help.out().contains(" -o " + suboption.optionName), suboption::name);
      }
    }
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 100), help.out());
  }
}
