package io.scrubjay.server.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.net.Networks;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.PrefixStatistics;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.server.watch.Watchers;
import io.scrubjay.testkit.FakeClock;
import io.scrubjay.testkit.MemoryStreamSocket;
import io.scrubjay.testkit.ModelEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
                    var worker = worker(counters, log, closes::incrementAndGet);
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

  private static Worker worker(ServerCounters counters, ServerLog log, Runnable onClose)
      throws Exception {
    var clock = new FakeClock();
    var options = new EngineOptions(1 << 20, 1 << 20, true, true, 1, Map.of());
    var setting =
        new WorkerSetting(
            20,
            0,
            1,
            clock,
            true,
            counters,
            BindingProtocol.AUTO,
            _ ->
                (_, _, _) -> {
                  throw new AssertionError("nobody speaks");
                },
            new Watchers(64 << 10, 64 << 10, InstantSource.system(), clock, log::line, () -> false),
            new PrefixStatistics(':', false),
            new ConnectionRoster(),
            new BrokenTls(),
            onClose,
            log,
            log::mistake);
    return new Worker(
        0, setting, Networks.preferred(), new ModelEngine(options, clock, EngineEvents.NONE));
  }
}
