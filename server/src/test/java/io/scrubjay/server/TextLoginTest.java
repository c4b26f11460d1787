package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.protocol.text.TextVerb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-Y`: what a connection may say before it has authenticated (spec 6.2).
final class TextLoginTest {
  private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated";
  private static final String LOGIN = "set k 0 0 7\r\nfoo bar\r\n";

  @TempDir private Path folder;
  private Path file;
  private Scrubjay server;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("users");
    Files.writeString(file, "foo:bar\nbaz:qux quux\n");
    server = Scrubjay.start(options().build());
  }

  private ServerOptions.Builder options() {
    return ServerOptions.builder().port(0).threads(1).authFile(file.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void answers(String request, String... lines) {
    try (Client client = new Client(server)) {
      client.send(request);
      for (String line : lines) {
        assertEquals(line, client.line(), request);
      }
      assertEquals("STORED", client.ask(LOGIN), request);
    }
  }

  private void closes(String request) {
    try (Client client = new Client(server)) {
      client.send(request);
      assertEquals("", new String(client.rest(), StandardCharsets.ISO_8859_1), request);
    }
  }

  @Test
  void everyReplyBeforeAuthentication() {
    answers("set k 0 0 7\r\nfoo baz\r\n", "CLIENT_ERROR authentication failure");
    answers("set k 0 0 11\r\nfoo bar baz\r\n", "CLIENT_ERROR authentication failure");
    answers("set k 0 0 7\r\nFOO bar\r\n", "CLIENT_ERROR authentication failure");
    answers("set k 0 0 0\r\n\r\n", "CLIENT_ERROR bad authentication token format");
    answers("set k 0 0 6\r\nfoobar\r\n", "CLIENT_ERROR bad authentication token format");
    answers("set k 0 0 7\r\nfoo barXX", "CLIENT_ERROR bad command line termination");
    answers("set k 0 0 16385\r\n", "CLIENT_ERROR auth token too long");
    answers("set k 0 0 4294967295\r\n", "CLIENT_ERROR auth token too long");
    for (String line :
        new String[] {
          "set k 0 0",
          "set k 0 0 -1",
          "set k 0 0 4294967296",
          "set k 0 0 x",
          " set k 0 0 7",
          "cas k 0 0 7",
          "x".repeat(3000),
          "get a\r\nmg a v\r\nversion"
        }) {
      int lines = line.split("\r\n").length;
      String[] expected = new String[lines];
      java.util.Arrays.fill(expected, UNAUTHENTICATED);
      answers(line + "\r\n", expected);
    }
  }

  @Test
  void linesThatAuthenticate() {
    for (String request :
        new String[] {
          LOGIN,
          "set k 0 0 12\r\nbaz qux quux\r\n",
          "set k 0 0 7\nfoo bar\r\n",
          "set  k  x y 7 noreply\r\nfoo bar\r\n",
          "setting k 0 0 7\r\nfoo bar\r\n"
        }) {
      try (Client client = new Client(server)) {
        assertEquals("STORED", client.ask(request), request);
        assertEquals("END", client.ask("get other\r\n"));
        // From here on it is a set like any other.
        assertEquals("STORED", client.ask("set k 0 0 5\r\nwhole\r\n"));
      }
    }
  }

  @Test
  void aLoginIsTheSameAtEverySplitPoint() {
    for (int cut = 1; cut < LOGIN.length(); cut++) {
      try (Client client = new Client(server)) {
        client.send(LOGIN.substring(0, cut));
        client.send(LOGIN.substring(cut) + "version\r\n");
        assertEquals("STORED", client.line());
        assertEquals("VERSION 1.6.45", client.line());
      }
    }
  }

  @Test
  void shortLinesAndEndlessOnesClose() {
    for (String request :
        new String[] {"quit\r\n", "get\r\n", "a\r\n", "\r\n\r\n", "\n\n\n", "x".repeat(2049)}) {
      closes(request);
    }
    try (Client client = new Client(server)) {
      client.send("\r\n");
      client.send("x\r\n");
      assertEquals(0, client.rest().length);
    }
  }

  @Test
  void noVerbGetsPast() {
    for (TextVerb verb : TextVerb.values()) {
      try (Client client = new Client(server)) {
        String line = verb.word() + " key 0 0 0 0\r\n";
        String answer =
            verb == TextVerb.SET ? "CLIENT_ERROR bad authentication token format" : UNAUTHENTICATED;
        assertEquals(answer, client.ask(verb == TextVerb.SET ? line + "\r\n" : line), line);
      }
    }
    for (int opcode = 0; opcode < 256; opcode++) {
      try (Client client = new Client(server)) {
        client.send(Packet.of(opcode).key("key").bytes());
        client.send("\n");
        if (opcode == '\n') {
          assertTrue(client.closed(), "a line of one byte closes");
        } else {
          assertEquals("CLI", client.text(3), "opcode " + opcode);
        }
      }
    }
    assertEquals("0", server.statistics().get("curr_items"));
    assertEquals("0", server.statistics().get("cmd_get"));
  }

  @Test
  void attemptsAreCounted() {
    answers("set k 0 0 7\r\nfoo baz\r\n", "CLIENT_ERROR authentication failure");
    assertEquals("2", server.statistics().get("auth_cmds"));
    assertEquals("1", server.statistics().get("auth_errors"));
    try (Client client = new Client(server)) {
      client.ask(LOGIN);
      client.send("stats settings\r\n");
      assertTrue(client.linesUntil("END").contains("STAT auth_enabled_ascii " + file));
    }
  }

  @Test
  void aReloadTakesTheFileAsItIsUnlessItIsMalformed() throws IOException {
    Files.writeString(file, "foo:bar\nbroken\n");
    server.reload();
    answers("set k 0 0 12\r\nbaz qux quux\r\n", "STORED");
    Files.delete(file);
    server.reload();
    answers("set k 0 0 12\r\nbaz qux quux\r\n", "STORED");
    Files.writeString(file, "foo:bar\n");
    server.reload();
    answers("set k 0 0 12\r\nbaz qux quux\r\n", "CLIENT_ERROR authentication failure");
  }

  @Test
  void aSlowHashKeepsNobodyWaiting() throws Exception {
    Files.writeString(
        file,
        "slow:{pbkdf2-sha256}1000000$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM=\n");
    try (Scrubjay slow = Scrubjay.start(options().build());
        Client waiting = new Client(slow);
        Client other = new Client(slow)) {
      waiting.send("set k 0 0 10\r\nslow wrong\r\nget a\r\n");
      assertEquals(UNAUTHENTICATED, other.ask("get a\r\n"));
      // The one worker answers while the check goes on: it has not been counted yet.
      assertEquals("0", slow.statistics().get("auth_cmds"));
      assertEquals("CLIENT_ERROR authentication failure", waiting.line());
      assertEquals(UNAUTHENTICATED, waiting.line());
    }
  }

  @Test
  void filesThatCannotBeUsedEndTheStart() throws IOException {
    Files.writeString(file, ":");
    ServerOptions malformed = options().build();
    String message =
        assertThrows(IllegalArgumentException.class, () -> Scrubjay.start(malformed)).getMessage();
    assertEquals(
        "Authfile [" + file + "] has a malformed entry. Should be 'user:password'", message);
    Files.delete(file);
    message =
        assertThrows(IllegalArgumentException.class, () -> Scrubjay.start(malformed)).getMessage();
    assertEquals(
        "Could not open authfile [" + file + "] for reading, error No such file or directory",
        message);
  }
}
