package io.scrubjay.server.worker;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.net.EventLoop;
import io.scrubjay.net.Network;
import io.scrubjay.net.Poller;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.TooManyOpenFilesException;
import io.scrubjay.net.Turn;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.ServerCounters;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The thread that watches nothing but listening sockets: accepts, and gives each connection to the
/// next worker in turn.
///
/// At the limit of `-c` it refuses with a line and closes (maxconns_fast), or else stops listening
/// until a connection has closed. When accept itself fails, as it does without file descriptors, it
/// stops listening in either mode, has sockets closed that could be, and tries again after
/// [#RETRY_MILLIS] too. Source: spec 5.5. The limit counts connections, not descriptor numbers: a
/// JVM holds more descriptors of its own than memcached does.
///
/// It accepts as many in a turn as came in the turn before, and one more after a turn in which all
/// came: where one comes at a time, accepts that find nobody would be a third of its system calls.
///
/// Limits: [#ACCEPTS_PER_TURN_MAX] per listener and turn. Threads: [#run] on the dispatcher's own
/// thread; [#connectionClosed] and [#stop] from any.
public final class Dispatcher implements Runnable {
  static final int ACCEPTS_PER_TURN_MAX = 64;
  private static final int RETRY_MILLIS = 100;

  private final EventLoop loop;
  private final List<BoundListener> listeners;
  private final List<Worker> workers;
  private final Runnable outOfFiles;
  private final ServerCounters counters;
  private final ServerLog log;
  private final int connectionsMax;
  private final boolean refuseFast;
  private final AtomicInteger closes = new AtomicInteger();
  private int expected = 1;
  private int nextWorker;
  private volatile long pausedAtNanos;
  private volatile boolean paused;
  private boolean retrying;

  /// @param outOfFiles has descriptors given back soon that nobody needs; [#connectionClosed] tells
  ///   of each
  public Dispatcher(
      Network network,
      List<BoundListener> listeners,
      List<Worker> workers,
      Runnable outOfFiles,
      ServerCounters counters,
      ServerLog log,
      int connectionsMax,
      boolean refuseFast)
      throws IOException {
    this.listeners = List.copyOf(listeners);
    this.workers = List.copyOf(workers);
    this.outOfFiles = outOfFiles;
    this.counters = counters;
    this.log = log;
    this.connectionsMax = connectionsMax;
    this.refuseFast = refuseFast;
    this.loop = new EventLoop(network.openPoller(), new NoTurn(), log::mistake);
    for (BoundListener listener : this.listeners) {
      loop.poller().watch(listener.socket(), Poller.READ, _ -> accept(listener));
    }
  }

  @Override
  public void run() {
    try {
      loop.run();
    } finally {
      listeners.forEach(bound -> bound.socket().close());
    }
  }

  public void stop() {
    loop.stop();
  }

  /// There may be room for a connection again.
  public void connectionClosed() {
    closes.incrementAndGet();
    if (paused) {
      loop.execute(this::resume);
    }
  }

  private void accept(BoundListener bound) {
    for (int i = 0; i < expected && !paused; i++) {
      int closesBefore = closes.get();
      if (waitsForAClose()) {
        // Only readiness says that somebody waits; after an accept the next poll will tell.
        if (i == 0) {
          pause(closesBefore);
        }
        return;
      }
      StreamSocket socket;
      try {
        socket = bound.socket().accept();
      } catch (TooManyOpenFilesException _) {
        log.problem("Too many open connections", null);
        outOfFiles.run();
        pause(closesBefore);
        retryLater();
        return;
      } catch (IOException failed) {
        log.problem("accept()", failed);
        pause(closesBefore);
        retryLater();
        return;
      }
      if (socket == null) {
        expected = Math.max(1, i);
        return;
      }
      take(socket, bound.listener());
    }
    expected = Math.min(expected + 1, ACCEPTS_PER_TURN_MAX);
  }

  /// At the limit, where nobody is refused: whoever closes next resumes.
  private boolean waitsForAClose() {
    return !refuseFast && counters.connections.get() >= connectionsMax;
  }

  private void take(StreamSocket socket, Listener listener) {
    if (counters.connections.get() >= connectionsMax) {
      refuse(socket);
    } else {
      handOver(socket, listener);
    }
  }

  private void refuse(StreamSocket socket) {
    try (Arena arena = Arena.ofConfined();
        socket) {
      ByteOutput line = new ByteOutput(arena.allocate(TextReply.TOO_MANY_CONNECTIONS.bytes()));
      TextReply.TOO_MANY_CONNECTIONS.writeTo(line);
      // The client may be gone already: the refusal is a courtesy, and counted either way.
      int _ = socket.write(line.segment(), 0, (int) line.position());
      counters.rejectedConnections.incrementAndGet();
    }
  }

  private void handOver(StreamSocket socket, Listener listener) {
    counters.connections.incrementAndGet();
    counters.totalConnections.incrementAndGet();
    Worker worker = workers.get(nextWorker);
    nextWorker = (nextWorker + 1) % workers.size();
    if (!worker.adopt(socket, listener)) {
      counters.connections.decrementAndGet();
      socket.close();
    }
  }

  private void pause(int closesBefore) {
    pausedAtNanos = System.nanoTime();
    paused = true;
    counters.accepting(false);
    counters.listenDisabledNum.incrementAndGet();
    listeners.forEach(bound -> loop.poller().interest(bound.socket(), 0));
    // One may have closed since, and told nobody that waits.
    if (closes.get() != closesBefore) {
      resume();
    }
  }

  /// What accept failed for (descriptors held by others, the kernel's memory) may pass without any
  /// connection closing. A listener that stays ready must not be asked at every turn meanwhile.
  private void retryLater() {
    if (paused && !retrying) {
      retrying = true;
      CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS)
          .execute(() -> loop.execute(this::retry));
    }
  }

  private void retry() {
    retrying = false;
    if (!paused || waitsForAClose()) {
      return;
    }
    for (BoundListener bound : listeners) {
      try {
        StreamSocket socket = bound.socket().accept();
        if (socket != null) {
          take(socket, bound.listener());
        }
      } catch (IOException _) {
        retryLater();
        return;
      }
    }
    resume();
  }

  /// A close that made no room for a connection is none to go on for.
  private void resume() {
    if (!paused || waitsForAClose()) {
      return;
    }
    paused = false;
    counters.accepting(true);
    counters.timeInListenDisabledMicros.addAndGet((System.nanoTime() - pausedAtNanos) / 1000);
    listeners.forEach(bound -> loop.poller().interest(bound.socket(), Poller.READ));
  }

  /// A dispatcher does nothing between accepts.
  private static final class NoTurn implements Turn {
    @Override
    public void begins() {}

    @Override
    public boolean ends() {
      return false;
    }
  }
}
