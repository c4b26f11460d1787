package io.scrubjay.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Every benchmark still runs and still proves its answer; the times mean nothing here.
final class BenchmarksRunTest {
  private static Collection<RunResult> run(Class<?> benchmark) throws Exception {
    return new Runner(
            new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .param("keyCount", "100")
                .param("valueBytes", "100")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  @Test
  void decodingRuns() throws Exception {
    assertEquals(8, run(DecodeBenchmark.class).size());
  }

  @Test
  void theEngineRuns() throws Exception {
    assertEquals(8, run(EngineBenchmark.class).size());
  }
}
