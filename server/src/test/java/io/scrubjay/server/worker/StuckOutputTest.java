package io.scrubjay.server.worker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.net.Poller;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.testkit.HandDrivenNetwork;
import io.scrubjay.testkit.MemoryStreamSocket;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What becomes of a connection whose socket stops taking its replies.
final class StuckOutputTest {
  private static final int REPLY_BYTES = 40 << 10;
  private static final int FIRST = 1;

  /// So many that their replies leave too little of a turn's output to move the first one's behind.
  private static final int CLIENTS = TurnOutput.BYTES / REPLY_BYTES;

  private final CompletableFuture<Worker> made = new CompletableFuture<>();
  private final HandDrivenNetwork network = new HandDrivenNetwork(() -> made.join().stop());
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final OneByteRequests dialect = new OneByteRequests();

  /// As of TLS, which may hold a second request when the first one has been read.
  @Test
  void whatWasReadBeforeRoomCouldNotBeMadeIsServedLater() throws Exception {
    MemoryStreamSocket slow = new MemoryStreamSocket(FIRST);
    slow.peer().send("xy");
    slow.peer().hideUnread();
    slow.peer().limitReads(1);
    slow.peer().limitWrites(1000);
    slow.peer().blockWrites(true);
    Worker worker = worker();
    made.complete(worker);
    assertTrue(worker.adopt(slow, Listener.UNNAMED));
    for (int id = FIRST + 1; id <= CLIENTS; id++) {
      MemoryStreamSocket other = new MemoryStreamSocket(id);
      other.peer().send("x");
      assertTrue(worker.adopt(other, Listener.UNNAMED));
    }
    network.turn(this::allReadable);
    network.turn(() -> assertEquals(1000, slow.peer().receivedBytes().length));
    network.turn(
        () -> {
          slow.peer().blockWrites(false);
          network.ready(FIRST, Poller.WRITE);
        });
    worker.run();
    assertEquals("", told.toString(US_ASCII));
    assertEquals("xy", dialect.firstAsked.toString());
    assertEquals(2 * REPLY_BYTES - 1000, slow.peer().receivedBytes().length);
  }

  private void allReadable() {
    for (int id = FIRST; id <= CLIENTS; id++) {
      network.ready(id, Poller.READ);
    }
  }

  private Worker worker() throws Exception {
    var counters = new ServerCounters(List.of(new WorkerCounters()));
    var log = new ServerLog(new PrintStream(told, true, US_ASCII), 0);
    return LoneWorker.speaking(dialect, network, null, counters, log, () -> {});
  }

  /// Each byte is a request, and its reply long.
  private static final class OneByteRequests implements Dialect {
    final StringBuilder firstAsked = new StringBuilder();

    @Override
    public Step serve(Connection connection, MemorySegment input, long from, long to) {
      if (!connection.ensure(REPLY_BYTES)) {
        return Step.OUTPUT_FULL;
      }
      if (connection.id() == FIRST) {
        firstAsked.append((char) input.get(JAVA_BYTE, from));
      }
      connection.out().position(connection.out().position() + REPLY_BYTES);
      connection.consumedTo(from + 1);
      return Step.SERVED;
    }

    @Override
    public Step uploaded(Connection connection, Upload upload) {
      throw new AssertionError("nothing is uploaded");
    }

    @Override
    public boolean silenceIsAResponse() {
      return false;
    }
  }
}
