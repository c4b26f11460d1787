package io.scrubjay.server.worker;

import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.net.Network;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.stats.PrefixStatistics;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.watch.Watchers;
import io.scrubjay.testkit.FakeClock;
import io.scrubjay.testkit.ModelEngine;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes workers that are part of no server.
final class LoneWorker {
  private LoneWorker() {}

  /// On the thread that will run it.
  static Worker speaking(
      Dialect dialect,
      Network network,
      @Nullable TlsSetting tls,
      ServerCounters counters,
      ServerLog log,
      Runnable onClose)
      throws IOException {
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
            _ -> (_, _, _) -> dialect,
            new Watchers(64 << 10, 64 << 10, InstantSource.system(), clock, log::line, () -> false),
            new PrefixStatistics(':', false),
            new ConnectionRoster(),
            tls,
            onClose,
            log,
            log::mistake);
    return new Worker(0, setting, network, new ModelEngine(options, clock, EngineEvents.NONE));
  }
}
