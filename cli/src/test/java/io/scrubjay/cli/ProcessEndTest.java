package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.scrubjay.cli.process.ProcessSettings;
import io.scrubjay.cli.process.Surroundings;
import io.scrubjay.testkit.Await;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a signal when the start fails. Whoever got past that would end this JVM.
class ProcessEndTest {
  private final ProcessEnd end =
      new ProcessEnd(
          new Surroundings(new ProcessSettings(false, null, null, null, null, false, false)),
          false);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStopAfterAStartThatFailedReturns(boolean graceful) throws Exception {
    end.startFailed(new IOException("no such address"));
    Thread signal = Thread.ofPlatform().daemon().start(() -> end.stop(graceful));
    signal.join(Await.MILLIS_MAX);
    assertFalse(signal.isAlive());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aGracefulStopThatWaitsForTheStartReturnsWhenItFails(int signals) throws Exception {
    Thread signal = Thread.ofPlatform().daemon().start(() -> end.stop(true));
    Await.until("a waiting signal", () -> signal.getState() == Thread.State.WAITING);
    for (int further = 1; further < signals; further++) {
      Thread again = Thread.ofPlatform().daemon().start(() -> end.stop(true));
      again.join(Await.MILLIS_MAX);
      assertFalse(again.isAlive());
    }
    end.startFailed(new IOException("no such address"));
    signal.join(Await.MILLIS_MAX);
    assertFalse(signal.isAlive());
  }
}
