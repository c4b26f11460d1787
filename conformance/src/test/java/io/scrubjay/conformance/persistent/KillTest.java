package io.scrubjay.conformance.persistent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server is killed with SIGKILL at random moments under load, [#KILLS] times in each mode, and
/// starts again on the same data: every acknowledged write is there, no value is half, no CAS id is
/// given twice, counters are exact.
///
/// With `sync=every:100` no more is promised than what is older than 100 ms, for the end of the
/// machine; what ends here is the process, which loses nothing in any mode, so both modes are held
/// to the same.
///
/// For an hour: `./mvnw -pl conformance -am test -Dtest=KillTest -Dkill.minutes=60
/// -Dtest.seconds.max=4000 -Dtest.module.seconds.max=4000`.
class KillTest {
  private static final int KILLS = 50;
  private static final int WRITERS = 4;
  private static final int WRITES_PER_LIFE_MAX = 200;
  private static final int LIFE_SECONDS_MAX = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"always", "every:100"})
  void whatWasAcknowledgedIsThereAfterEachKill(String sync) throws Exception {
    long seed = System.nanoTime();
    try {
      killAgainAndAgain(sync, seed);
    } catch (AssertionError | Exception failed) {
      throw new AssertionError("sync=" + sync + ", seed " + seed, failed);
    }
  }

  private void killAgainAndAgain(String sync, long seed) throws Exception {
    var random = new SplittableRandom(seed);
    Path data = Files.createDirectory(folder.resolve("data"));
    Path libraries = ServerProcess.unpackLibrary(Files.createDirectory(folder.resolve("lib")));
    List<Ledger> ledgers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      ledgers.add(new Ledger("w" + i, random.nextLong()));
    }
    long end =
        System.nanoTime() + Duration.ofMinutes(Integer.getInteger("kill.minutes", 0)).toNanos();
    int kills = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (kills < KILLS || System.nanoTime() < end) {
        try (ServerProcess server = ServerProcess.start(data, libraries, ",sync=" + sync)) {
          verify(ledgers, server);
          writeUntilKilled(ledgers, server, threads, 1 + random.nextInt(WRITES_PER_LIFE_MAX));
        }
        kills++;
      }
    }
    try (ServerProcess server = ServerProcess.start(data, libraries, ",sync=" + sync)) {
      verify(ledgers, server);
    }
    long acknowledged = ledgers.stream().mapToLong(Ledger::acknowledged).sum();
    System.out.println(
        "sync=" + sync + ": " + kills + " kills, " + acknowledged + " acknowledged writes");
    assertTrue(acknowledged > kills * WRITES_PER_LIFE_MAX / 4, "few writes: " + acknowledged);
  }

  private static void verify(List<Ledger> ledgers, ServerProcess server) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      for (Ledger ledger : ledgers) {
        ledger.verify(wire);
      }
    }
  }

  /// Kills once so many writes have been acknowledged, while others are under way.
  private static void writeUntilKilled(
      List<Ledger> ledgers, ServerProcess server, ExecutorService threads, int writes)
      throws Exception {
    long casAbove = ledgers.stream().mapToLong(Ledger::highestCas).max().orElse(0);
    CountDownLatch acknowledged = new CountDownLatch(writes);
    List<Future<?>> writers = new ArrayList<>();
    for (Ledger ledger : ledgers) {
      writers.add(threads.submit(() -> write(ledger, server, casAbove, acknowledged)));
    }
    boolean inTime = acknowledged.await(LIFE_SECONDS_MAX, TimeUnit.SECONDS);
    server.kill();
    for (Future<?> writer : writers) {
      writer.get();
    }
    assertTrue(inTime, () -> "no " + writes + " writes in " + LIFE_SECONDS_MAX + " s");
  }

  /// Until the connection ends.
  private static void write(
      Ledger ledger, ServerProcess server, long casAbove, CountDownLatch acknowledged) {
    try (Wire wire = new Wire(server.port())) {
      while (true) {
        ledger.request(wire, casAbove);
        acknowledged.countDown();
      }
    } catch (IOException _) {
      // Killed.
    }
  }
}
