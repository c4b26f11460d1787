package io.scrubjay.bench.compare;

import io.scrubjay.bench.load.Load;
import io.scrubjay.bench.load.Preload;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.bench.process.Emulator;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import io.scrubjay.net.Network;
import java.io.IOException;
import java.util.List;

/// Counts one server's user instructions per request under emulation: one start, a warm-up long
/// enough for the JVM's compiler (by requests, since emulation is slow), then several windows.
///
/// @param windows samples to take; their spread shows whether the warm-up was long enough
record EmulatedRound(
    Network network,
    Emulator emulator,
    List<String> options,
    long warmupRequests,
    long windowRequests,
    int windows) {

  void measure(ServerCommand emulated, Workload workload, Samples samples)
      throws IOException, InterruptedException {
    try (var server = ServerProcess.start(emulated, options)) {
      Preload.run(server.address(), workload);
      try (Load load = Load.start(network, server.address(), workload)) {
        load.await(0, warmupRequests);
        for (int i = 0; i < windows; i++) {
          long instructionsBefore = emulator.instructions();
          long countBefore = load.answered();
          load.await(0, windowRequests);
          long instructions = emulator.instructions() - instructionsBefore;
          long requests = load.answered() - countBefore;
          samples.add(Metric.INSTRUCTIONS_EMULATED, (double) instructions / requests);
        }
        load.end();
      }
    }
  }
}
