package io.scrubjay.bench.compare;

import io.scrubjay.bench.load.Load;
import io.scrubjay.bench.load.Preload;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.bench.process.PerfStat;
import io.scrubjay.bench.process.ProcessFigures;
import io.scrubjay.bench.process.ServerCommand;
import io.scrubjay.bench.process.ServerProcess;
import io.scrubjay.bench.process.TlsFiles;
import io.scrubjay.net.Network;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Runs one server for one round under one workload and adds what it cost to the samples.
///
/// @param options memcached's options, the same for both servers
/// @param tls null: the load does without
/// @param counters perf events that the machine counts in hardware
/// @param tracepoints perf events that slow what they count, so they get a window of their own
record Rounds(
    Network network,
    List<String> options,
    @Nullable TlsFiles tls,
    int warmupSeconds,
    int seconds,
    List<String> counters,
    List<String> tracepoints) {
  static final String INSTRUCTIONS = "instructions";
  static final String INSTRUCTIONS_USER = "instructions:u";
  static final String CYCLES_USER = "cycles:u";
  static final String SYSCALLS = "raw_syscalls:sys_enter";

  private static final int TRACED_SECONDS = 1;
  private static final double MICROS_PER_SECOND = 1e6;

  void measure(ServerCommand command, Workload workload, Samples samples)
      throws IOException, InterruptedException {
    try (var server = ServerProcess.start(command, options)) {
      Preload.run(server.address(), workload);
      measure(server, workload, samples);
    }
  }

  /// A server that runs and holds the workload's keys.
  void measure(ServerProcess server, Workload workload, Samples samples)
      throws IOException, InterruptedException {
    try (Load load = start(server, workload)) {
      load.await(TimeUnit.SECONDS.toNanos(warmupSeconds), 0);
      timed(server, load, samples);
      if (!tracepoints.isEmpty()) {
        traced(server, load, samples);
      }
      addLatencies(load.end(), samples);
    }
  }

  private Load start(ServerProcess server, Workload workload) throws IOException {
    return tls == null
        ? Load.start(network, server.address(), workload)
        : Load.start(network, tls.address(), workload, tls.clients());
  }

  /// Counting begins before the window's first answer is counted and ends after its last, by some
  /// tens of microseconds.
  private void timed(ServerProcess server, Load load, Samples samples)
      throws IOException, InterruptedException {
    try (PerfStat perf = counters.isEmpty() ? null : attach(server, counters)) {
      if (perf != null) {
        perf.enable();
      }
      ProcessFigures before = server.figures();
      long countBefore = load.answered();
      long startNanos = System.nanoTime();
      load.record(true);
      load.await(TimeUnit.SECONDS.toNanos(seconds), 1);
      load.record(false);
      long requests = load.answered() - countBefore;
      double elapsedSeconds = (System.nanoTime() - startNanos) / 1e9;
      addCosts(before, server.figures(), requests, samples);
      if (perf != null) {
        perf.disable();
        addCounts(perf.counts(), requests, samples);
      }
      samples.add(Metric.REQUESTS_PER_SECOND, requests / elapsedSeconds);
    }
  }

  private static PerfStat attach(ServerProcess server, List<String> events)
      throws IOException, InterruptedException {
    return PerfStat.attach(server.handle().pid(), events);
  }

  private static void addCosts(
      ProcessFigures before, ProcessFigures after, long requests, Samples samples) {
    double tickMicros = MICROS_PER_SECOND / ProcessFigures.TICKS_PER_SECOND;
    samples.add(Metric.CPU_MICROS, (after.cpuNanos() - before.cpuNanos()) / 1000.0 / requests);
    samples.add(
        Metric.CPU_USER_MICROS, (after.userTicks() - before.userTicks()) * tickMicros / requests);
    samples.add(
        Metric.CPU_SYSTEM_MICROS,
        (after.systemTicks() - before.systemTicks()) * tickMicros / requests);
    samples.add(
        Metric.WAITED_MICROS, (after.waitedNanos() - before.waitedNanos()) / 1000.0 / requests);
    samples.add(Metric.SWITCHES, (double) (after.switches() - before.switches()) / requests);
  }

  private static void addCounts(Map<String, Double> counts, long requests, Samples samples) {
    Map<String, Metric> metrics =
        Map.of(
            INSTRUCTIONS, Metric.INSTRUCTIONS,
            INSTRUCTIONS_USER, Metric.INSTRUCTIONS_USER,
            CYCLES_USER, Metric.CYCLES_USER,
            SYSCALLS, Metric.SYSCALLS);
    counts.forEach(
        (event, count) -> {
          Metric metric = metrics.get(event);
          if (metric != null) {
            samples.add(metric, count / requests);
          }
        });
  }

  private void traced(ServerProcess server, Load load, Samples samples)
      throws IOException, InterruptedException {
    try (PerfStat perf = attach(server, tracepoints)) {
      perf.enable();
      long countBefore = load.answered();
      load.await(TimeUnit.SECONDS.toNanos(TRACED_SECONDS), 1);
      long requests = load.answered() - countBefore;
      perf.disable();
      addCounts(perf.counts(), requests, samples);
    }
  }

  private static void addLatencies(Histogram latencyNanos, Samples samples) {
    samples.add(Metric.P50_MICROS, latencyNanos.getValueAtPercentile(50) / 1000.0);
    samples.add(Metric.P99_MICROS, latencyNanos.getValueAtPercentile(99) / 1000.0);
    samples.add(Metric.P999_MICROS, latencyNanos.getValueAtPercentile(99.9) / 1000.0);
  }
}
