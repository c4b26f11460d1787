package io.scrubjay.server.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.net.Networks;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.testkit.MemoryStreamSocket;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/// What a worker does with connections that never come to speak.
final class WorkerTest {
  private static final class BrokenTls implements TlsSetting {
    @Override
    public SSLEngine engine(Listener listener) {
      throw new IllegalStateException("no engine to be had");
    }

    @Override
    public Executor longTasks() {
      return Runnable::run;
    }

    @Override
    public boolean keepsSessions() {
      return false;
    }

    @Override
    public int wbufBytes() {
      return 1;
    }

    @Override
    public CompletableFuture<String> refreshed() {
      return CompletableFuture.completedFuture("OK");
    }
  }

  @Test
  void whoCannotBeGivenTlsIsClosedAndNoLongerCountedAndToldOnce() throws Exception {
    var told = new ByteArrayOutputStream();
    var log = new ServerLog(new PrintStream(told, true, US_ASCII), 0);
    var counters = new ServerCounters(List.of(new WorkerCounters()));
    var closes = new AtomicInteger();
    var made = new CompletableFuture<Worker>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    var worker =
                        LoneWorker.speaking(
                            new Silent(),
                            Networks.preferred(),
                            new BrokenTls(),
                            counters,
                            log,
                            closes::incrementAndGet);
                    made.complete(worker);
                    worker.run();
                  } catch (Exception failed) {
                    made.completeExceptionally(failed);
                  }
                });
    Worker worker = made.get();
    for (int id = 1; id <= 3; id++) {
      var socket = new MemoryStreamSocket(id);
      counters.connections.incrementAndGet();
      assertTrue(worker.adopt(socket, Listener.UNNAMED));
      worker.drain().get(20, TimeUnit.SECONDS);
      assertTrue(socket.isClosed());
      assertEquals(0, counters.connections.get());
      assertEquals(0, counters.connectionStructures.get());
      assertEquals(id, closes.get());
    }
    worker.stop();
    thread.join();
    assertEquals(2, told.toString(US_ASCII).split("internal error", -1).length, "told once");
  }

  private static final class Silent implements Dialect {
    @Override
    public Step serve(Connection connection, MemorySegment input, long from, long to) {
      throw new AssertionError("nobody speaks");
    }

    @Override
    public Step uploaded(Connection connection, Upload upload) {
      throw new AssertionError("nobody speaks");
    }

    @Override
    public boolean silenceIsAResponse() {
      return false;
    }
  }
}
