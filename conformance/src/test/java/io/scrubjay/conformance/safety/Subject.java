package io.scrubjay.conformance.safety;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.conformance.badinput.Bystander;
import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.util.List;

/// A server under test with a well-behaved client beside it; closing shows that this client was
/// never disturbed and that the others' connections were given back.
final class Subject implements AutoCloseable {
  /// Answers in one word, whatever came before it.
  private static final String FENCE = "mn\r\n";

  private static final String FENCE_ANSWER = "MN\r\n";

  private final Target target;
  private final Bystander bystander;

  private Subject(Target target) throws IOException {
    this.target = target;
    this.bystander = new Bystander(target.port());
  }

  static Subject start(String... flags) throws IOException {
    return new Subject(ScrubjayTarget.KIND.start(List.of(flags)));
  }

  Peer connect() throws IOException {
    return Peer.connect(target.port());
  }

  Bystander bystander() {
    return bystander;
  }

  /// On a new connection, `request` gets exactly `answer`, and the connection goes on.
  void answers(String request, String answer) throws IOException {
    try (Peer peer = connect()) {
      answers(peer, request, answer);
    }
  }

  static void answers(Peer peer, String request, String answer) throws IOException {
    peer.send(request + FENCE);
    String expected = answer + FENCE_ANSWER;
    assertEquals(expected, read(peer, expected.length()), () -> "to " + begin(request));
  }

  /// On a new connection, `request` gets exactly `answer` before the server closes.
  void answersAndCloses(byte[] request, String answer) throws IOException {
    try (Peer peer = connect()) {
      peer.send(request);
      assertEquals(
          answer,
          new String(peer.readToClose(), ISO_8859_1),
          () -> "to " + begin(new String(request, ISO_8859_1)));
    }
  }

  static String read(Peer peer, int bytes) throws IOException {
    return new String(peer.read(bytes), ISO_8859_1);
  }

  private static String begin(String request) {
    return request.length() + " bytes: " + request.substring(0, Math.min(100, request.length()));
  }

  @Override
  public void close() throws IOException {
    try (target) {
      bystander.isServed();
      bystander.seesEveryoneElseGone();
      bystander.close();
    }
  }
}
