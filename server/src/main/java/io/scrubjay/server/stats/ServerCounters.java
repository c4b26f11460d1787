package io.scrubjay.server.stats;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The counters of all workers taken together, and those of the dispatcher.
///
/// Threads: any. `stats reset` never writes a worker's slots, which have one writer: it remembers
/// what they held, and reports the difference from then on.
public final class ServerCounters {
  private final List<WorkerCounters> workers;
  private volatile long[] baseline = new long[Counter.COUNT];

  /// Connections open now, listeners not among them.
  public final AtomicInteger connections = new AtomicInteger();

  /// Connection objects alive: those open and those being closed.
  public final AtomicInteger connectionStructures = new AtomicInteger();

  public final AtomicLong totalConnections = new AtomicLong();
  public final AtomicLong rejectedConnections = new AtomicLong();
  public final AtomicLong listenDisabledNum = new AtomicLong();
  public final AtomicLong timeInListenDisabledMicros = new AtomicLong();
  public final AtomicInteger inputBlocks = new AtomicInteger();
  public final AtomicLong inputBlockBytes = new AtomicLong();
  public final AtomicLong inputBlockBytesFree = new AtomicLong();
  private volatile boolean accepting = true;
  private volatile int sockets;

  public ServerCounters(List<WorkerCounters> workers) {
    this.workers = List.copyOf(workers);
  }

  public WorkerCounters worker(int index) {
    return workers.get(index);
  }

  /// The server's own sockets, listening or for datagrams, which memcached counts as connections.
  public void opened(int ownSockets) {
    sockets = ownSockets;
    connectionStructures.addAndGet(ownSockets);
    totalConnections.addAndGet(ownSockets);
  }

  /// Connections and own sockets but one, so that with one listener it is the clients. Source: spec
  ///
  public int currConnections() {
    return connections.get() + sockets - 1;
  }

  public boolean accepting() {
    return accepting;
  }

  public void accepting(boolean value) {
    accepting = value;
  }

  public long sum(Counter counter) {
    return rawSum(counter) - baseline[counter.ordinal()];
  }

  public synchronized void reset() {
    long[] held = new long[Counter.COUNT];
    for (Counter counter : Counter.values()) {
      held[counter.ordinal()] = rawSum(counter);
    }
    baseline = held;
    totalConnections.set(0);
    rejectedConnections.set(0);
    listenDisabledNum.set(0);
    timeInListenDisabledMicros.set(0);
  }

  private long rawSum(Counter counter) {
    long sum = 0;
    for (WorkerCounters worker : workers) {
      sum += worker.value(counter);
    }
    return sum;
  }
}
