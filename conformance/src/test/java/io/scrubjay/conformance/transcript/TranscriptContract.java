package io.scrubjay.conformance.transcript;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.scrubjay.conformance.subject.Target;
import io.scrubjay.testkit.transcript.Transcript;
import io.scrubjay.testkit.transcript.TranscriptRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every transcript of a server's folders, three ways: step by step; all requests before the first
/// answer is read; and with the request bytes cut in two, at every point when they are few and at a
/// seeded choice of points when they are many.
///
/// What can't apply to a kind of server is reported as skipped, with the reason.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TranscriptContract {
  private static final int EVERY_CUT_BYTES_MAX = 300;
  private static final int SAMPLED_CUTS = 60;
  private static final int OWN_SERVER_CUTS = 3;
  private static final long SEED = 20_261_122;

  private final Target.Kind kind;
  private final boolean cuts;
  private Target shared;

  TranscriptContract(Target.Kind kind) {
    this(kind, true);
  }

  /// `cuts` false: requests are sent whole, for a server whose decoders another test cuts.
  TranscriptContract(Target.Kind kind, boolean cuts) {
    this.kind = kind;
    this.cuts = cuts;
  }

  @BeforeAll
  void startSharedServer() throws IOException {
    shared = kind.start(List.of());
  }

  @AfterAll
  void closeSharedServer() throws IOException {
    shared.close();
  }

  @TestFactory
  Stream<DynamicNode> everyTranscriptIsKept() {
    return kind.transcriptFolders().stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder, TranscriptFiles.in(folder).stream().map(this::test)));
  }

  private DynamicTest test(Transcript transcript) {
    return dynamicTest(transcript.name(), () -> play(transcript));
  }

  private void play(Transcript transcript) throws IOException {
    if (!kind.newest() && !transcript.differences().isEmpty()) {
      abort(transcript.name() + " is not for " + kind.name() + ": " + transcript.differences());
    }
    if (!kind.movableClock() && transcript.movesTheClock()) {
      abort(transcript.name() + " is not for " + kind.name() + ": it moves the clock");
    }
    String awaits = kind.awaited().get(transcript.name());
    if (awaits != null) {
      assertThrows(
          AssertionError.class,
          () -> playFully(transcript),
          transcript.name() + " is kept now: take it off the list that says it awaits " + awaits);
      abort(transcript.name() + " awaits " + awaits);
    }
    playFully(transcript);
  }

  private void playFully(Transcript transcript) throws IOException {
    if (transcript.ownServer()) {
      playOnOwnServers(transcript);
      return;
    }
    try (var runner = runner(shared)) {
      runner.empty();
      int requestBytes = runner.stepwise(transcript, TranscriptRunner.WHOLE);
      if (transcript.pipelines()) {
        runner.empty();
        runner.pipelined(transcript, TranscriptRunner.WHOLE);
      }
      if (!cuts || (transcript.movesTheClock() && !kind.newest())) {
        return; // time is real there
      }
      for (int cut : cuts(requestBytes, SAMPLED_CUTS)) {
        runner.empty();
        cut(runner, transcript, cut);
      }
    }
  }

  private void playOnOwnServers(Transcript transcript) throws IOException {
    int requestBytes;
    try (var server = kind.start(transcript.serverFlags());
        var runner = runner(server)) {
      requestBytes = runner.stepwise(transcript, TranscriptRunner.WHOLE);
    }
    if (!cuts || (transcript.movesTheClock() && !kind.newest())) {
      return;
    }
    for (int cut : sample(requestBytes, OWN_SERVER_CUTS)) {
      try (var server = kind.start(transcript.serverFlags());
          var runner = runner(server)) {
        cut(runner, transcript, cut);
      }
    }
  }

  private static TranscriptRunner runner(Target target) throws IOException {
    return new TranscriptRunner(target.port(), target::epochSeconds, target::advanceSeconds);
  }

  private static void cut(TranscriptRunner runner, Transcript transcript, int cut)
      throws IOException {
    if (transcript.pipelines()) {
      runner.pipelined(transcript, cut);
    } else {
      runner.stepwise(transcript, cut);
    }
  }

  private static List<Integer> cuts(int requestBytes, int sampled) {
    return requestBytes <= EVERY_CUT_BYTES_MAX
        ? IntStream.range(1, requestBytes).boxed().toList()
        : sample(requestBytes, sampled);
  }

  private static List<Integer> sample(int requestBytes, int count) {
    var random = new Random(SEED);
    var cuts = new ArrayList<Integer>();
    for (int i = 0; i < count && requestBytes > 1; i++) {
      cuts.add(random.nextInt(1, requestBytes));
    }
    return cuts;
  }
}
