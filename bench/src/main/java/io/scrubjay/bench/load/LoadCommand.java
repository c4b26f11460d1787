package io.scrubjay.bench.load;

import io.scrubjay.bench.argument.Arguments;
import io.scrubjay.net.Networks;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// `load`: drives a server that runs already.
public final class LoadCommand {
  private LoadCommand() {}

  public static void run(Arguments arguments, PrintStream out)
      throws IOException, InterruptedException {
    Workload workload = Workload.UNPIPELINED.with(arguments);
    var address =
        new InetSocketAddress(
            arguments.text("host", "127.0.0.1"), arguments.integer("port", 11_211));
    long warmupNanos = TimeUnit.SECONDS.toNanos(arguments.integer("warmup-seconds", 5));
    long requests = arguments.number("requests", 0);
    int seconds = arguments.integer("seconds", requests > 0 ? 0 : 10);
    boolean preload = Boolean.parseBoolean(arguments.text("preload", "true"));
    String poller = arguments.text("poller", "");
    arguments.refuseUnknown();
    if (preload) {
      Preload.run(address, workload);
    }
    var network = poller.isEmpty() ? Networks.preferred() : Networks.named(poller);
    try (Load load = Load.start(network, address, workload)) {
      load.await(warmupNanos, 0);
      long firstCount = load.answered();
      long startNanos = System.nanoTime();
      load.record(true);
      load.await(TimeUnit.SECONDS.toNanos(seconds), requests);
      load.record(false);
      long count = load.answered() - firstCount;
      double elapsedSeconds = (System.nanoTime() - startNanos) / 1e9;
      Histogram latencyNanos = load.end();
      out.println(workload.summary());
      out.printf("%d requests in %.3f s: %.0f/s%n", count, elapsedSeconds, count / elapsedSeconds);
      for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
        out.printf(
            "p%s %.1f us%n", percentile, latencyNanos.getValueAtPercentile(percentile) / 1000.0);
      }
      out.println("misses " + load.misses());
    }
  }
}
