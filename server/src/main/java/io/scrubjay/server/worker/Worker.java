package io.scrubjay.server.worker;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.Session;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.net.EventLoop;
import io.scrubjay.net.Network;
import io.scrubjay.net.Poller;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.Turn;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.watch.WatchLog;
import io.scrubjay.server.watch.WatchStream;
import io.scrubjay.server.watch.Watcher;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One worker: a thread, its event loop, its engine session, its buffers, and the connections that
/// the dispatcher gave it. Carries each request from read to write; shares nothing on the way.
///
/// Limits: a turn serves at most [Poller#READY_MAX] ready connections, then goes
/// [#ROUNDS_PER_TURN_MAX] times down the line of those with requests left, `-R` requests each.
/// Threads: [#adopt] and [#stop] from any thread; all else on the worker's own.
public final class Worker implements Runnable {
  static final int ROUNDS_PER_TURN_MAX = 4;
  static final int INPUT_BYTES = 64 << 10;

  private final WorkerSetting setting;
  private final EventLoop loop;
  private final Engine engine;
  private final Arena arena;
  private final WorkerCounters counters;
  private final Session session;
  private final WatchLog watchLog;
  private final VerbContext verbContext;
  private final MemorySegment input;
  private final TurnOutput output;
  private final BlockPool blocks;
  private final DialectChoice dialects;
  private final List<StreamConnection> connections = new ArrayList<>();
  private final ArrayDeque<Connection> again = new ArrayDeque<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Connection> parked = new ArrayList<>();
  private final ArrayDeque<Upload> spareUploads = new ArrayDeque<>();
  private boolean closing;

  /// Makes the worker on the thread that will run it, since its memory is confined to that thread.
  @SuppressWarnings("MustBeClosedChecker") // closed at the end of run()
  public Worker(int index, WorkerSetting setting, Network network, Engine engine)
      throws IOException {
    this.setting = setting;
    this.engine = engine;
    this.arena = Arena.ofConfined();
    this.counters = setting.counters().worker(index);
    this.session = engine.openSession(this::engineKnowsMore);
    this.watchLog = setting.watchers().newLog();
    this.verbContext = new VerbContext(session, counters, setting.clock(), watchLog);
    this.input = arena.allocate(INPUT_BYTES);
    this.output = new TurnOutput(arena, this::commitTurn, counters);
    this.blocks = new BlockPool(setting.counters());
    this.dialects = setting.dialects().forWorker(this);
    this.loop = new EventLoop(network.openPoller(), new WorkerTurn(), setting.onError());
  }

  /// Hands over an accepted connection. False when the worker has stopped: the caller keeps it.
  public boolean adopt(StreamSocket socket, Listener listener) {
    return loop.execute(() -> open(socket, listener));
  }

  /// Opens and from then on owns what serves a socket of another kind. False when the worker has
  /// stopped: the caller keeps the socket.
  public boolean adopt(Endpoint.Opening opening) {
    return loop.execute(() -> open(opening));
  }

  public void stop() {
    loop.execute(this::closeConnections);
    loop.stop();
  }

  /// The thread's life: serves until [#stop], then closes every connection.
  @Override
  public void run() {
    try {
      loop.run();
    } finally {
      closeConnections();
      session.close();
      arena.close();
      blocks.close();
    }
  }

  public Session session() {
    return session;
  }

  public Engine engine() {
    return engine;
  }

  public WorkerCounters counters() {
    return counters;
  }

  /// What the verbs of this worker work with.
  public VerbContext verbContext() {
    return verbContext;
  }

  /// Where the worker writes what is watched.
  public WatchLog watchLog() {
    return watchLog;
  }

  public CacheClock clock() {
    return setting.clock();
  }

  /// For what a dialect keeps as long as the worker lives.
  public Arena arena() {
    return arena;
  }

  /// Where the reply of the request being served goes.
  public ByteOutput out() {
    return output.out();
  }

  /// Sees to it that `bytes` of reply fit into [#out], sending other connections' replies if need
  /// be: its position may go back to 0, and what stood before it is gone. For whoever takes what it
  /// writes away before it returns to the loop.
  public void makeRoom(int bytes) {
    if (output.out().room() < bytes) {
      output.flush();
    }
  }

  /// An upload whose draft is not in use; comes back by itself when the upload has ended.
  public Upload upload() {
    Upload spare = spareUploads.poll();
    return spare == null ? new Upload(session, arena) : spare;
  }

  public void giveBack(Upload upload) {
    upload.abandon();
    // All are kept: their memory is the worker's arena's, and there are no more than connections.
    spareUploads.push(upload);
  }

  /// Which dialect the request at `at` speaks.
  public Dialect dialectFor(Listener listener, MemorySegment bytes, long at) {
    return dialects.choose(listener, bytes, at);
  }

  /// `-R`.
  public int requestsPerEvent() {
    return setting.requestsPerEvent();
  }

  /// Null when as many watch as may.
  @Nullable Watcher watch(Set<WatchStream> streams, Runnable linesCame) {
    return setting.watchers().add(streams, () -> loop.execute(linesCame));
  }

  TurnOutput output() {
    return output;
  }

  MemorySegment input() {
    return input;
  }

  BlockPool blocks() {
    return blocks;
  }

  public Poller poller() {
    return loop.poller();
  }

  /// Tells the operator of a mistake of ours that a connection was closed for.
  void failed(Throwable mistake) {
    setting.onError().uncaughtException(Thread.currentThread(), mistake);
  }

  /// To the back of the line.
  public void again(Connection connection) {
    again.add(connection);
  }

  /// Until the engine knows more.
  public void park(Connection connection) {
    parked.add(connection);
  }

  void closed(StreamConnection connection) {
    StreamConnection last = connections.removeLast();
    if (last != connection) {
      connections.set(connection.slot, last);
      last.slot = connection.slot;
    }
    ServerCounters all = setting.counters();
    all.connections.decrementAndGet();
    all.connectionStructures.decrementAndGet();
    setting.onClose().run();
  }

  private void open(StreamSocket socket, Listener listener) {
    StreamConnection connection = new StreamConnection(this, socket, listener);
    connection.slot = connections.size();
    connections.add(connection);
    setting.counters().connectionStructures.incrementAndGet();
    if (watchLog.wants(WatchStream.CONNEVENTS)) {
      watchLog.connectionOpened(socket.remoteAddress(), socket.id());
    }
    try {
      poller().watch(socket, Poller.READ, connection);
    } catch (IOException refused) {
      connection.close(CloseReason.ERROR);
      setting.log().problem("cannot watch connection " + socket.id(), refused);
    }
    if (closing) {
      connection.close(CloseReason.NORMAL);
    }
  }

  private void open(Endpoint.Opening opening) {
    try {
      Endpoint endpoint = opening.open(this);
      if (closing) {
        endpoint.close();
      } else {
        endpoints.add(endpoint);
      }
    } catch (IOException refused) {
      setting.log().problem("cannot watch a socket", refused);
    }
  }

  /// While the poller still is there to forget them; those adopted from now on don't stay.
  private void closeConnections() {
    closing = true;
    for (StreamConnection connection : List.copyOf(connections)) {
      connection.close(CloseReason.NORMAL);
    }
    endpoints.forEach(Endpoint::close);
    endpoints.clear();
  }

  /// Ends the turn for the engine, so that replies may leave, and begins the next.
  public void commitTurn() {
    session.turnEnds();
    session.turnBegins();
  }

  /// Whoever is parked may ask again. From any thread.
  public void engineKnowsMore() {
    loop.execute(
        () -> {
          List<Connection> waiting = List.copyOf(parked);
          parked.clear();
          waiting.forEach(Connection::engineKnowsMore);
        });
  }

  private final class WorkerTurn implements Turn {
    @Override
    public void begins() {
      session.turnBegins();
    }

    @Override
    public boolean ends() {
      for (int round = 0; round < ROUNDS_PER_TURN_MAX && !again.isEmpty(); round++) {
        for (int left = again.size(); left > 0; left--) {
          again.remove().goOn();
        }
      }
      output.flush();
      // Sending has begun a turn anew; an engine must know that nothing goes on while we wait.
      session.turnEnds();
      return !again.isEmpty();
    }
  }
}
