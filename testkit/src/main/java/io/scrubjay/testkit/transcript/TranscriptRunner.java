package io.scrubjay.testkit.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/// Plays a transcript to a server once and fails with the line that was not kept.
///
/// A play can cut the request bytes in two at any point: the server has read all before the cut
/// before the rest is sent. That is arranged by a question on a second connection, so the server
/// must run one worker, and its answer must not depend on time.
///
/// Threads: confined to the test. Ownership: each play opens and closes its own connections.
public final class TranscriptRunner implements AutoCloseable {
  /// No cut.
  public static final int WHOLE = -1;

  private static final byte[] BINARY_NOOP = new byte[24];

  static {
    BINARY_NOOP[0] = (byte) 0x80;
    BINARY_NOOP[1] = 0x0a;
  }

  private final int port;
  private final LongSupplier epochSeconds;
  private final IntConsumer advance;
  private final Peer control;

  /// `epochSeconds` is the server's idea of the time; `advance` moves it.
  public TranscriptRunner(int port, LongSupplier epochSeconds, IntConsumer advance)
      throws IOException {
    this.port = port;
    this.epochSeconds = epochSeconds;
    this.advance = advance;
    this.control = Peer.connect(port);
  }

  /// Forgets all items, so that the next transcript finds an empty server.
  public void empty() throws IOException {
    var answer = control.ask("flush_all");
    if (!answer.equals("OK")) {
      throw new AssertionError("flush_all answered " + answer);
    }
  }

  /// Each request waits for the answers that the transcript puts before it. Answers the number of
  /// request bytes sent.
  public int stepwise(Transcript transcript, int cutAt) throws IOException {
    try (var play = new Play(transcript, cutAt)) {
      play.inOrder();
      return play.sentBytes;
    }
  }

  /// All requests are sent, then all answers read. Answers the number of request bytes.
  public int pipelined(Transcript transcript, int cutAt) throws IOException {
    if (!transcript.pipelines()) {
      throw new IllegalArgumentException(transcript.name() + " can't be pipelined");
    }
    try (var play = new Play(transcript, cutAt)) {
      play.requestsThenAnswers();
      return play.sentBytes;
    }
  }

  private void barrier() throws IOException {
    control.ask("version");
  }

  @Override
  public void close() throws IOException {
    control.close();
  }

  private final class Play implements AutoCloseable {
    private final Transcript transcript;
    private final int cutAt;
    private final Map<Integer, Peer> peers = new TreeMap<>();
    private final Map<String, Long> bound = new HashMap<>();
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final long startedEpochSeconds = epochSeconds.getAsLong();
    private int unsentClient = 1;
    private int sentBytes;
    private boolean skipping;

    Play(Transcript transcript, int cutAt) {
      this.transcript = transcript;
      this.cutAt = cutAt;
    }

    void inOrder() throws IOException {
      for (Step step : transcript.steps()) {
        play(step);
      }
      finish();
    }

    void requestsThenAnswers() throws IOException {
      List<Step> steps = transcript.steps();
      for (Step step : steps) {
        if (step instanceof Step.Send) {
          play(step);
        }
      }
      flush();
      for (Step step : steps) {
        if (!(step instanceof Step.Send)) {
          play(step);
        }
      }
      finish();
    }

    private void play(Step step) throws IOException {
      if (!(step instanceof Step.Send) || step.client() != unsentClient) {
        flush();
      }
      switch (step) {
        case Step.Send send -> {
          unsentClient = send.client();
          unsent.writeBytes(rendered(send.bytes()));
        }
        case Step.Expect expect -> expect(expect);
        case Step.SkipLines _ -> skipping = true;
        case Step.ExpectClose close -> expectClose(close);
        case Step.Barrier _ -> barrier();
        case Step.Silence silence -> expectSilence(silence);
        case Step.Vanish vanish -> peer(vanish.client()).close();
        case Step.Advance move -> advance.accept(move.seconds());
      }
    }

    private byte[] rendered(Template template) {
      return template.bytes(bound, startedEpochSeconds);
    }

    /// Sends what the transcript said since the last answer, in one write, or two around the cut.
    private void flush() throws IOException {
      byte[] bytes = unsent.toByteArray();
      unsent.reset();
      if (bytes.length == 0) {
        return;
      }
      var peer = peer(unsentClient);
      int cut = cutAt - sentBytes;
      sentBytes += bytes.length;
      try {
        if (cut > 0 && cut < bytes.length) {
          peer.send(bytes, 0, cut);
          barrier();
          peer.send(bytes, cut, bytes.length);
        } else {
          peer.send(bytes);
        }
      } catch (SocketException _) {
        // The server closed before it read all: the answers say whether it was to.
      }
    }

    private Peer peer(int client) throws IOException {
      var peer = peers.get(client);
      if (peer == null) {
        peer = Peer.connect(port);
        // accepted by the kernel is not yet read by a worker: without this a barrier could pass it
        if (transcript.binary()) {
          peer.send(BINARY_NOOP);
          peer.read(BINARY_NOOP.length);
        } else {
          peer.ask("version");
        }
        peers.put(client, peer);
      }
      return peer;
    }

    private void expect(Step.Expect expect) throws IOException {
      var peer = peer(expect.client());
      if (expect.wholeLine()) {
        expectLine(expect, peer);
        return;
      }
      byte[] wanted = rendered(expect.bytes());
      byte[] got = read(peer, expect, wanted.length);
      if (!Arrays.equals(wanted, got)) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(got);
        all.writeBytes(peer.readArrived());
        throw failure(expect, shown(wanted), shown(all.toByteArray()));
      }
    }

    private void expectLine(Step.Expect expect, Peer peer) throws IOException {
      var passed = new StringBuilder();
      while (true) {
        String line = readLine(peer, expect);
        if (expect.bytes().matches(line, bound, epochSeconds.getAsLong())) {
          skipping = false;
          return;
        }
        passed.append(line);
        if (!skipping || line.isEmpty() || line.equals("END\r\n")) {
          throw failure(expect, shown(expect.bytes().toString()), shown(passed.toString()));
        }
      }
    }

    private byte[] read(Peer peer, Step.Expect expect, int count) throws IOException {
      try {
        return peer.read(count);
      } catch (IOException e) {
        throw broken(expect, shown(expect.bytes().toString()), peer, e);
      }
    }

    private String readLine(Peer peer, Step.Expect expect) throws IOException {
      try {
        return peer.readLine();
      } catch (IOException e) {
        throw broken(expect, shown(expect.bytes().toString()), peer, e);
      }
    }

    private AssertionError broken(Step step, String wanted, Peer peer, IOException cause)
        throws IOException {
      var error = failure(step, wanted, cause + ", having read " + shown(arrived(peer)));
      error.initCause(cause);
      return error;
    }

    private byte[] arrived(Peer peer) throws IOException {
      try {
        return peer.readArrived();
      } catch (SocketException _) {
        return new byte[0];
      }
    }

    private void expectClose(Step.ExpectClose close) throws IOException {
      var peer = peer(close.client());
      try {
        byte[] rest = peer.readToClose();
        if (rest.length > 0) {
          throw failure(close, "the connection closed", shown(rest));
        }
      } catch (IOException e) {
        throw broken(close, "the connection closed", peer, e);
      }
      peer.close();
    }

    /// Two questions, since the answers of one turn may leave in any order.
    private void expectSilence(Step.Silence silence) throws IOException {
      barrier();
      barrier();
      byte[] early = arrived(peer(silence.client()));
      if (early.length > 0) {
        throw failure(silence, "nothing yet", shown(early));
      }
    }

    /// No connection may hold an answer that the transcript doesn't know.
    private void finish() throws IOException {
      flush();
      barrier();
      for (var entry : peers.entrySet()) {
        if (entry.getValue().socket().isClosed()) {
          continue;
        }
        byte[] rest = arrived(entry.getValue());
        if (rest.length > 0) {
          throw failure(transcript.steps().getLast(), "nothing more", shown(rest));
        }
      }
    }

    private AssertionError failure(Step step, String wanted, String got) {
      String cut = cutAt == WHOLE ? "" : ", requests cut at byte " + cutAt;
      return new AssertionError(
          "%s.mct:%d%s%n  expected: %s%n  but got:  %s"
              .formatted(transcript.name(), step.line(), cut, wanted, got));
    }

    private static String shown(byte[] bytes) {
      return shown(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String shown(String text) {
      String cut = text.length() > 600 ? text.substring(0, 600) + " ..." : text;
      return '"' + cut.replace("\r", "\\r").replace("\n", "\\n") + '"';
    }

    @Override
    public void close() throws IOException {
      for (Peer peer : peers.values()) {
        peer.close();
      }
    }
  }
}
