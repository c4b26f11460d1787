package io.scrubjay.bench.load;

import io.scrubjay.net.Network;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A load that runs until it is closed: start it, wait, look at [#answered] before and after the
/// time of interest.
///
/// Latencies are those of a closed loop: from a batch's write to the arrival of each of its
/// answers. While the server stalls nothing new is sent, so a stall counts once per connection and
/// not once per request that an outside world would have sent meanwhile (coordinated omission):
/// read the percentiles as a comparison of two servers under the same loop, not as what users would
/// see.
///
/// Threads: one controlling thread. Errors: `IllegalStateException` naming the unexpected answer,
/// from any method, once there was one or nothing was answered for [#SILENCE_NANOS_MAX].
public final class Load implements AutoCloseable {
  static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
  private static final int WATCH_MILLIS = 5;

  private final List<LoadThread> threads;
  private boolean ended;

  private Load(List<LoadThread> threads) {
    this.threads = threads;
  }

  public static Load start(Network network, InetSocketAddress address, Workload workload)
      throws IOException {
    return start(network, address, workload, null);
  }

  /// With TLS unless `tls` is null.
  public static Load start(
      Network network, InetSocketAddress address, Workload workload, @Nullable SSLContext tls)
      throws IOException {
    RequestTape tape = RequestTape.record(workload, Arena.ofAuto());
    List<LoadThread> threads = new ArrayList<>();
    for (int i = 0; i < workload.threads(); i++) {
      var thread = new LoadThread(i, network);
      thread.connect(network, address, workload, tape, tls);
      threads.add(thread);
    }
    threads.forEach(LoadThread::start);
    return new Load(threads);
  }

  /// Requests answered since the start.
  public long answered() {
    long sum = 0;
    for (LoadThread thread : threads) {
      String failure = thread.failure();
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
      sum += thread.answered();
    }
    return sum;
  }

  /// Lets the load run until `nanos` have passed and `requests` more were answered.
  public void await(long nanos, long requests) throws InterruptedException {
    long start = System.nanoTime();
    long first = answered();
    long last = first;
    long lastNanos = start;
    while (true) {
      long now = System.nanoTime();
      long count = answered();
      if (count != last) {
        last = count;
        lastNanos = now;
      } else if (now - lastNanos > SILENCE_NANOS_MAX) {
        throw new IllegalStateException(
            "no answer for " + SILENCE_NANOS_MAX / 1_000_000_000 + " s");
      }
      if (now - start >= nanos && count - first >= requests) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
    }
  }

  public void record(boolean on) {
    threads.forEach(thread -> thread.record(on));
  }

  /// Ends the load; the recorded latencies, in nanoseconds.
  public Histogram end() throws InterruptedException {
    answered();
    join();
    Histogram sum = threads.getFirst().latencyNanos().copy();
    for (LoadThread thread : threads.subList(1, threads.size())) {
      sum.add(thread.latencyNanos());
    }
    return sum;
  }

  /// Keys asked for and not found; after [#end].
  public long misses() {
    return threads.stream().mapToLong(LoadThread::misses).sum();
  }

  private void join() throws InterruptedException {
    if (!ended) {
      ended = true;
      for (LoadThread thread : threads) {
        thread.join();
      }
    }
  }

  @Override
  public void close() {
    try {
      join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
