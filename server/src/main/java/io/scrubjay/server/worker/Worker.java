package io.scrubjay.server.worker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.Session;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.net.EventLoop;
import io.scrubjay.net.Network;
import io.scrubjay.net.Poller;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.Turn;
import io.scrubjay.net.tls.TlsLoop;
import io.scrubjay.protocol.binary.BinaryDecoder;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.watch.WatchLog;
import io.scrubjay.server.watch.WatchStream;
import io.scrubjay.server.watch.Watcher;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// One worker: a thread, its event loop, its engine sessions, its buffers, and the connections that
/// the dispatcher gave it. Carries each request from read to write; shares nothing on the way.
///
/// Limits: a turn serves at most [Poller#READY_MAX] ready connections, then goes
/// [#ROUNDS_PER_TURN_MAX] times down the line of those with requests left, `-R` requests each.
/// Threads: [#adopt], [#checked], [#endFarewells] and [#stop] from any thread; all else on the
/// worker's own.
public final class Worker implements Runnable {
  static final int ROUNDS_PER_TURN_MAX = 4;
  static final int INPUT_BYTES = 64 << 10;

  /// A loop that has to look at all of its connections looks at so many and then serves again.
  static final int CONNECTIONS_PER_TASK_MAX = 1024;

  private final WorkerSetting setting;
  private final EventLoop loop;
  private final Engine engine;
  private final Arena arena;
  private final WorkerCounters counters;
  private final WatchLog watchLog;
  private final ConnectionEvents events;
  private final MemorySegment input;
  private final TurnOutput output;
  private final BlockPool blocks;
  private final Farewells farewells;
  private final DialectChoice dialects;
  private final List<StreamConnection> connections = new ArrayList<>();
  private final ArrayDeque<Connection> again = new ArrayDeque<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Connection> parked = new ArrayList<>();

  /// By database; those that a client of this worker's has come to.
  private final Map<String, DatabaseSession> databases = new HashMap<>();

  /// Theirs, in the order in which they were opened.
  private final List<Session> sessions = new ArrayList<>();

  /// Made for the first TLS connection.
  private @Nullable TlsLoop tlsLoop;

  private boolean inTurn;
  private boolean closing;

  /// Completed when the last connection has closed; null: nobody waits for that.
  private @Nullable CompletableFuture<Void> drained;

  /// Makes the worker on the thread that will run it, since its memory is confined to that thread.
  @SuppressWarnings("MustBeClosedChecker") // closed at the end of run()
  public Worker(int index, WorkerSetting setting, Network network, Engine engine)
      throws IOException {
    this.setting = setting;
    this.engine = engine;
    this.arena = Arena.ofConfined();
    this.counters = setting.counters().worker(index);
    this.watchLog = setting.watchers().newLog();
    this.events = new ConnectionEvents(setting.log(), watchLog);
    this.input = arena.allocate(INPUT_BYTES);
    this.output = new TurnOutput(arena, this::commitTurn, counters);
    this.blocks = new BlockPool(setting.counters(), setting.blockBytesMax());
    this.dialects = setting.dialects().forWorker(this);
    this.loop = new EventLoop(network.openPoller(), new WorkerTurn(), setting.onError());
    Executor inAWhile =
        CompletableFuture.delayedExecutor(Farewells.MILLIS_MAX, TimeUnit.MILLISECONDS);
    this.farewells =
        new Farewells(
            loop.poller(),
            arena,
            setting.farewellsMax(),
            end -> inAWhile.execute(() -> loop.execute(end)),
            this::socketClosed);
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

  /// Runs a task on the worker's thread. False once it has stopped.
  boolean execute(Runnable task) {
    return loop.execute(task);
  }

  /// Serves no more requests, and closes each connection once it has all of the reply it is in the
  /// middle of. Completes when none is left.
  public CompletableFuture<Void> drain() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Runnable finishAll =
        () -> {
          closing = true;
          farewells.nobodyComes();
          drained = done;
          List.copyOf(connections).forEach(StreamConnection::finish);
          tellDrained();
        };
    if (!loop.execute(finishAll)) {
      done.complete(null);
    }
    return done;
  }

  /// Closes what is open of connections that are over, since descriptors have run out.
  public void endFarewells() {
    loop.execute(farewells::endAll);
  }

  private void tellDrained() {
    if (drained != null && connections.isEmpty() && farewells.isEmpty()) {
      drained.complete(null);
    }
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
      sessions.forEach(Session::close);
      arena.close();
      blocks.close();
    }
  }

  /// The way into the engine's database of this name, opened when it is first asked for.
  public DatabaseSession database(String name) {
    return databases.computeIfAbsent(name, this::openDatabase);
  }

  private DatabaseSession openDatabase(String name) {
    Engine view = engine.database(name);
    Session session = view.openSession(this::engineKnowsMore);
    sessions.add(session);
    if (inTurn) {
      session.turnBegins();
    }
    VerbContext context =
        new VerbContext(
            session,
            counters,
            setting.clock(),
            setting.carriesCas(),
            watchLog,
            log(),
            setting.prefixes());
    return new DatabaseSession(view, session, context, arena);
  }

  public WorkerCounters counters() {
    return counters;
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

  /// How often [#out] was sent: as long as it stays the same, what was written stays where it is.
  public long sends() {
    return output.sends();
  }

  /// Sees to it that `bytes` of reply fit into [#out], sending other connections' replies if need
  /// be: its position may go back to 0, and what stood before it is gone. For whoever takes what it
  /// writes away before it returns to the loop.
  public void makeRoom(int bytes) {
    if (output.out().room() < bytes) {
      output.flush();
    }
  }

  /// Which dialect the request at `at` speaks.
  Dialect dialectFor(int connection, Listener listener, MemorySegment bytes, long at) {
    if (log().echoes() && listener.protocolOr(setting.protocol()) == BindingProtocol.AUTO) {
      boolean binary = bytes.get(JAVA_BYTE, at) == BinaryDecoder.REQUEST_MAGIC;
      log().negotiated(connection, binary ? BindingProtocol.BINARY : BindingProtocol.ASCII);
    }
    return dialectFor(listener, bytes, at);
  }

  /// As above, for what has no connection to tell of.
  public Dialect dialectFor(Listener listener, MemorySegment bytes, long at) {
    return dialects.choose(listener, bytes, at);
  }

  /// `-R`.
  public int requestsPerEvent() {
    return setting.requestsPerEvent();
  }

  /// The check that `connection` waits for is done. From any thread; nothing happens to a
  /// connection that has closed meanwhile.
  public void checked(Connection connection) {
    loop.execute(connection::engineKnowsMore);
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

  Farewells farewells() {
    return farewells;
  }

  ConnectionEvents events() {
    return events;
  }

  public Poller poller() {
    return loop.poller();
  }

  ServerLog log() {
    return setting.log();
  }

  /// Tells the operator of a mistake of ours that a connection was closed for.
  void failed(Throwable mistake) {
    setting.onError().uncaughtException(Thread.currentThread(), mistake);
  }

  /// To the back of the line.
  public void again(Connection connection) {
    again.add(connection);
  }

  /// `stats conns`, as names and values; null: not yet, as of [#awaited].
  public @Nullable Map<String, String> connections(Connection asking) {
    return awaited(asking, () -> setting.roster().page(asking, clock().now()));
  }

  /// `refresh_certs`: the line that answers it; null: not yet, as of [#awaited].
  public @Nullable String refreshCertificates(Connection asking) {
    TlsSetting tls = setting.tls();
    return tls == null ? "Error TLS not enabled" : awaited(asking, tls::refreshed);
  }

  /// The answer to a question that is worked on elsewhere, begun when the request is first shown.
  /// Null: not there yet; return [Step#ENGINE_PENDING] and ask again when the request is shown
  /// again. What the question fails with is thrown.
  @SuppressWarnings("unchecked") // a connection has one request at a time, and that one question
  public <T> @Nullable T awaited(Connection asking, Supplier<CompletableFuture<T>> question) {
    CompletableFuture<T> answer = (CompletableFuture<T>) asking.awaited;
    if (answer == null) {
      answer = question.get();
      asking.awaited = answer;
      var _ = answer.whenComplete((_, _) -> engineKnowsMore());
    }
    if (!answer.isDone()) {
      return null;
    }
    asking.awaited = null;
    return answer.join();
  }

  /// Closes the TCP connections between requests whose last one is more than `seconds` old.
  /// Threads: any.
  public void kickIdle(int seconds) {
    loop.execute(() -> kickIdle(seconds, connections.size()));
  }

  private void kickIdle(int seconds, int end) {
    int to = Math.min(end, connections.size());
    int from = Math.max(0, to - CONNECTIONS_PER_TASK_MAX);
    for (int i = to - 1; i >= from; i--) {
      connections.get(i).kickIfIdle(seconds);
    }
    if (from > 0) {
      loop.execute(() -> kickIdle(seconds, from));
    }
  }

  /// False when the worker has stopped.
  boolean tellOfConnections(ConnectionRoster.Census census) {
    return loop.execute(
        () -> {
          endpoints.forEach(endpoint -> census.add(endpoint.row()));
          tellOfConnections(census, connections.size());
        });
  }

  /// From the last to the first, since a connection that closes in between is replaced by the last:
  /// so one may be told twice, but none is left out.
  private void tellOfConnections(ConnectionRoster.Census census, int end) {
    int to = Math.min(end, connections.size());
    int from = Math.max(0, to - CONNECTIONS_PER_TASK_MAX);
    for (StreamConnection connection : connections.subList(from, to)) {
      census.add(connection.row(census.stateOf(connection, connection.state())));
    }
    if (from == 0 || !loop.execute(() -> tellOfConnections(census, from))) {
      census.workerAnswered();
    }
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
    setting.counters().connectionStructures.decrementAndGet();
    oneLess();
  }

  private void oneLess() {
    setting.counters().connections.decrementAndGet();
    socketClosed();
  }

  private void socketClosed() {
    setting.onClose().run();
    tellDrained();
  }

  private void open(StreamSocket accepted, Listener listener) {
    StreamSocket socket;
    try {
      socket = inside(accepted, listener);
    } catch (RuntimeException | Error mistake) {
      accepted.close();
      oneLess();
      throw mistake;
    }
    StreamConnection connection = new StreamConnection(this, socket, listener);
    connection.slot = connections.size();
    connections.add(connection);
    setting.counters().connectionStructures.incrementAndGet();
    events.opened(socket, listener.protocolOr(setting.protocol()));
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

  /// Unix sockets have no TLS.
  private StreamSocket inside(StreamSocket accepted, Listener listener) {
    TlsSetting tls = setting.tls();
    if (tls == null || !(accepted.localAddress() instanceof InetSocketAddress)) {
      return accepted;
    }
    SSLEngine engine = tls.engine(listener);
    if (engine == null) {
      return accepted;
    }
    TlsLoop shared = tlsLoop;
    if (shared == null) {
      TlsTally tally = new TlsTally(counters, setting.log());
      shared =
          new TlsLoop(loop, arena, tls.longTasks(), tls.wbufBytes(), tls.keepsSessions(), tally);
      tlsLoop = shared;
    }
    return shared.inside(accepted, engine);
  }

  /// While the poller still is there to forget them; those adopted from now on don't stay.
  private void closeConnections() {
    closing = true;
    for (StreamConnection connection : List.copyOf(connections)) {
      connection.close(CloseReason.NORMAL);
    }
    farewells.endAll();
    endpoints.forEach(Endpoint::close);
    endpoints.clear();
  }

  /// Ends the turn for the engine, so that replies may leave, and begins the next.
  public void commitTurn() {
    turnEnds();
    turnBegins();
  }

  private void turnBegins() {
    inTurn = true;
    for (int i = 0; i < sessions.size(); i++) {
      sessions.get(i).turnBegins();
    }
  }

  private void turnEnds() {
    inTurn = false;
    for (int i = 0; i < sessions.size(); i++) {
      sessions.get(i).turnEnds();
    }
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
      turnBegins();
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
      turnEnds();
      return !again.isEmpty();
    }
  }
}
