package io.scrubjay.bench.load;

import io.scrubjay.net.EventLoop;
import io.scrubjay.net.Network;
import io.scrubjay.net.Poller;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.Turn;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One generator thread: a loop and its connections.
///
/// Threads: the loop's thread writes, others read through the methods that say so. Ownership:
/// closes its sockets when its loop has ended.
final class LoadThread implements Turn {
  private static final long LATENCY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final VarHandle ANSWERED;

  static {
    try {
      ANSWERED = MethodHandles.lookup().findVarHandle(LoadThread.class, "answered", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Arena arena = Arena.ofAuto();
  private final List<LoadConnection> connections = new ArrayList<>();
  private final Histogram latencyNanos = new Histogram(LATENCY_NANOS_MAX, 3);
  private final EventLoop loop;
  private final Thread thread;
  private final int number;
  private long answered;
  private volatile boolean recording;
  private volatile @Nullable String failure;

  LoadThread(int number, Network network) throws IOException {
    this.number = number;
    this.loop =
        new EventLoop(
            network.openPoller(), this, (_, error) -> failed("generator error: " + error));
    this.thread = new Thread(loop, "load-" + number);
  }

  /// Opens this thread's share of the workload's connections; before [#start].
  void connect(
      Network network,
      InetSocketAddress address,
      Workload workload,
      RequestTape tape,
      @Nullable SSLContext tls)
      throws IOException {
    TlsClients clients = tls == null ? null : new TlsClients(tls, loop, arena);
    for (int i = number; i < workload.connections(); i += workload.threads()) {
      int firstBatch = (int) ((long) i * tape.batches() / workload.connections());
      StreamSocket plain = network.connect(address);
      StreamSocket socket = clients == null ? plain : clients.inside(plain);
      var connection = new LoadConnection(this, workload, tape, socket, firstBatch, arena);
      connections.add(connection);
      poller().watch(connection.socket(), Poller.WRITE, connection);
    }
  }

  void start() {
    thread.start();
  }

  Poller poller() {
    return loop.poller();
  }

  /// On the loop: `count` requests were answered `nanos` after their batch was sent.
  void answered(int count, long nanos) {
    ANSWERED.setOpaque(this, answered + count);
    if (recording) {
      latencyNanos.recordValueWithCount(Math.min(nanos, LATENCY_NANOS_MAX), count);
    }
  }

  /// Any thread: ends this thread's run and remembers why.
  void failed(String why) {
    failure = why;
    loop.stop();
  }

  /// Any thread.
  long answered() {
    return (long) ANSWERED.getOpaque(this);
  }

  /// Any thread; null while all is well.
  @Nullable String failure() {
    return failure;
  }

  /// Any thread: whether latencies are kept from now on.
  void record(boolean on) {
    recording = on;
  }

  /// Ends the loop and waits for it; then the results may be read.
  void join() throws InterruptedException {
    loop.stop();
    thread.join();
    for (LoadConnection connection : connections) {
      connection.socket().close();
    }
  }

  Histogram latencyNanos() {
    return latencyNanos;
  }

  long misses() {
    return connections.stream().mapToLong(LoadConnection::misses).sum();
  }

  @Override
  public void begins() {}

  @Override
  public boolean ends() {
    return false;
  }
}
