package io.scrubjay.conformance.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import io.scrubjay.testkit.transcript.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What holds for a server whatever a client sends: it closes that client's connection once no more
/// comes, answers another one before and after, and its log tells of no mistake.
///
/// One server for all inputs. An input of odd length arrives in two parts, the other client being
/// served in between. A fuzzer calls [#fuzzerTestOneInput], on one thread.
public final class ServerFuzz {
  private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();
  private static final ServerFuzz SHARED = open();

  private final Target server;
  private final Peer other;

  private ServerFuzz(Target server) throws IOException {
    this.server = server;
    this.other = Peer.connect(server.port());
  }

  private static ServerFuzz open() {
    PrintStream before = System.err;
    System.setErr(new PrintStream(LOG, true, StandardCharsets.UTF_8));
    try {
      return new ServerFuzz(ScrubjayTarget.KIND.start(List.of("-m", "64")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.setErr(before);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      SHARED.check(bytes);
    } catch (IOException e) {
      throw new AssertionError("the server did not answer or close", e);
    }
    String log = LOG.toString(StandardCharsets.UTF_8);
    LOG.reset();
    // At the head of a line: a client can raise the verbosity, and then say those words itself.
    if (log.lines().anyMatch(line -> line.startsWith("scrubjay: internal error"))) {
      throw new AssertionError(log);
    }
  }

  private void check(byte[] bytes) throws IOException {
    try (Peer peer = Peer.connect(server.port())) {
      int cut = bytes.length % 2 == 0 ? bytes.length : bytes.length / 2;
      try {
        peer.send(bytes, 0, cut);
        otherIsServed();
        peer.send(bytes, cut, bytes.length);
        peer.endOutput();
      } catch (SocketException _) {
        // closed before it was all sent
      }
      peer.readToClose();
    }
    otherIsServed();
  }

  private void otherIsServed() throws IOException {
    assertEquals("MN", other.ask("mn"));
  }
}
