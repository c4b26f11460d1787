package io.scrubjay.conformance.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client can send to a server with `-Y` before it has authenticated, and its file of users
/// coming and going meanwhile.
final class LoginSafetyTest {
  private static final String LOGIN = "set k 0 0 7\r\nfoo bar\r\n";

  @TempDir private Path folder;
  private Path file;
  private Scrubjay server;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("users");
    Files.writeString(file, "foo:bar\n");
    server =
        Scrubjay.start(
            ServerOptions.builder().port(0).threads(1).authFile(file.toString()).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String toClose(String request) throws IOException {
    try (Peer peer = Peer.connect(server.address().getPort())) {
      peer.send(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(peer.readToClose(), StandardCharsets.ISO_8859_1);
    }
  }

  private void login() throws IOException {
    assertEquals("STORED\r\n", toClose(LOGIN + "quit\r\n"));
  }

  @Test
  void blankLinesClose() throws IOException {
    for (String request :
        new String[] {"\r\n\r\n", "\n\n\n", "\n\r\n\n", "   \r\n", "\n" + LOGIN}) {
      assertEquals("", toClose(request), request);
    }
    login();
  }

  @Test
  void tokensThatAreTooLargeAreRefused() throws IOException {
    String tooLong = "CLIENT_ERROR auth token too long\r\n";
    for (String bytes : new String[] {"16385", "65536", "2147483647", "4294967295"}) {
      String request = "set k 0 0 " + bytes + "\r\n" + LOGIN + "quit\r\n";
      assertEquals(tooLong + "STORED\r\n", toClose(request), bytes);
    }
    String largest = "foo " + "x".repeat(16_380);
    assertEquals(
        "CLIENT_ERROR authentication failure\r\n",
        toClose("set k 0 0 16384\r\n" + largest + "\r\n\r\nx\r\n"));
  }

  @Test
  void reloadsDoNotDisturbThoseWhoLogIn() throws Exception {
    Thread reloading =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    server.reload();
                  }
                });
    while (reloading.isAlive()) {
      login();
    }
    reloading.join();
  }

  @Test
  void reloadsWithoutAFileKeepTheUsers() throws IOException {
    Files.delete(file);
    server.reload();
    login();
  }

  @Test
  void reloadsOfAServerWithoutAFileDoNothing() throws IOException {
    try (Scrubjay open = Scrubjay.start(ServerOptions.builder().port(0).threads(1).build());
        Peer peer = Peer.connect(open.address().getPort())) {
      open.reload();
      peer.send("mn\r\n");
      assertEquals("MN\r\n", Subject.read(peer, 4));
    }
  }
}
