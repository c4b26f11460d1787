package io.scrubjay.server;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.EngineProvider;
import io.scrubjay.net.Network;
import io.scrubjay.net.Networks;
import io.scrubjay.server.binary.BinaryDialect;
import io.scrubjay.server.command.DebugTools;
import io.scrubjay.server.command.ItemHolds;
import io.scrubjay.server.command.TimeControl;
import io.scrubjay.server.options.CommandOptions;
import io.scrubjay.server.options.ConnectionOptions;
import io.scrubjay.server.options.ShutdownRequest;
import io.scrubjay.server.options.TlsOptions;
import io.scrubjay.server.stats.PrefixStatistics;
import io.scrubjay.server.stats.ProcessTimes;
import io.scrubjay.server.stats.ServerCounters;
import io.scrubjay.server.stats.StatisticsPages;
import io.scrubjay.server.stats.Version;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.server.text.TextDialect;
import io.scrubjay.server.udp.DatagramEndpoint;
import io.scrubjay.server.watch.Watchers;
import io.scrubjay.server.worker.BoundListener;
import io.scrubjay.server.worker.ConnectionRoster;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.DialectChoice;
import io.scrubjay.server.worker.Dispatcher;
import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.Worker;
import io.scrubjay.server.worker.WorkerSetting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A running server: memcached inside this JVM. Several may run beside each other.
///
/// ```java
/// try (var server = Scrubjay.start(ServerOptions.builder().port(0).build())) {
///   connectTo(server.address());
/// }
/// ```
///
/// Threads: any. Ownership: [#close] stops the workers, closes every connection and gives all
/// memory back; it returns when that is done.
public final class Scrubjay implements AutoCloseable {
  /// The memcached whose behaviour a server has; what the `version` command answers.
  public static final String MEMCACHED_VERSION = Version.MEMCACHED;

  private static final int DRAIN_MILLIS_MAX = 1_000;

  private static final List<String> STOPPED =
      List.of(
          "stopped assoc",
          "asking workers to stop",
          "asking background threads to stop",
          "stopped lru crawler",
          "stopped maintainer",
          "stopped slab mover",
          "stopped logger thread",
          "stopped idle timeout thread",
          "closing connections",
          "reaping worker threads",
          "all background threads stopped");

  private final ServerOptions options;
  private final ServerLog log;
  private final Network network;
  private final CacheClock clock;
  private final ServerCounters counters;
  private final ConnectionRoster roster = new ConnectionRoster();
  private final List<AutoCloseable> closing = new ArrayList<>();
  private final List<Runnable> reloads = new ArrayList<>();
  private List<InetSocketAddress> addresses = List.of();
  private List<InetSocketAddress> udpAddresses = List.of();
  private boolean keeping;
  private volatile @Nullable Dispatcher dispatcher;
  private volatile ShutdownRequest onShutdown = _ -> close();
  private @Nullable StatisticsPages pages;
  private @Nullable DebugTools debugTools;

  private Scrubjay(ServerOptions options) {
    this.options = options;
    this.log = new ServerLog(System.err, options.log().verbosity());
    this.network =
        options.poller().isEmpty() ? Networks.preferred() : Networks.named(options.poller());
    this.counters =
        new ServerCounters(Stream.generate(WorkerCounters::new).limit(options.threads()).toList());
    CacheClock given = options.clock();
    if (given == null) {
      SystemClock ticking = new SystemClock();
      closing.add(ticking);
      this.clock = ticking;
    } else {
      this.clock = given;
    }
  }

  /// Returns when the server answers.
  ///
  /// Errors: `IllegalArgumentException` for options that can't be; `IOException` naming the address
  /// that can't be bound; [TlsRefusedException].
  public static Scrubjay start(ServerOptions options) throws IOException {
    return start(options, _ -> {});
  }

  /// As [#start(ServerOptions)], and `bound` runs when every socket is bound, before the engine
  /// opens and the first client is let in: files that the engine makes belong to whom this makes of
  /// the process. What it throws ends the start.
  public static Scrubjay start(ServerOptions options, Consumer<Scrubjay> bound) throws IOException {
    Scrubjay server = new Scrubjay(options);
    try {
      server.pages = server.open(bound);
      return server;
    } catch (IOException | RuntimeException | Error failed) {
      server.close();
      throw failed;
    }
  }

  /// The first TCP address that the server listens on.
  ///
  /// Errors: `NoSuchElementException` when there is none, as with a unix socket.
  public InetSocketAddress address() {
    return addresses.getFirst();
  }

  /// Of TCP, in the order of the options.
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /// Where it takes datagrams; empty without `udpPort`.
  public List<InetSocketAddress> udpAddresses() {
    return udpAddresses;
  }

  /// Reads again what may change while the server runs: the users' file, certificates. What can't
  /// be read leaves the old in force, and is told on stderr.
  public void reload() {
    reloads.forEach(Runnable::run);
  }

  /// What a client's `shutdown` does, where it may (`-A`); until this is called, [#close].
  public void onShutdown(ShutdownRequest action) {
    onShutdown = action;
  }

  /// [#closeKeeping] as SIGUSR1 does it. `progress` takes memcached's lines on it, all of them once
  /// they are true: closing here goes its own order.
  public void stopGracefully(Consumer<String> progress) {
    closeKeeping();
    STOPPED.forEach(progress);
  }

  /// Closing waits for the worker that is asking, so another thread does it.
  private void shutdownRequested(boolean graceful) {
    Thread _ = Thread.ofPlatform().name("scrubjay-shutdown").start(() -> onShutdown.stop(graceful));
  }

  /// Replies that clients have yet to take get a little time to be taken whole.
  private static void drain(List<Worker> workers) throws Exception {
    CompletableFuture<?>[] drained =
        workers.stream().map(Worker::drain).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(drained).get(DRAIN_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slowReaders) {
      return;
    }
  }

  /// Clients that are connected now.
  public int connections() {
    return counters.connections.get();
  }

  /// Plain `stats`: names and values in memcached's order.
  public Map<String, String> statistics() {
    StatisticsPages open = pages;
    return open == null ? Map.of() : open.general();
  }

  /// [#close], and leaves what is stored to the next start where the engine has a place for it
  /// (`-e`): what SIGUSR1 and `shutdown graceful` do.
  public void closeKeeping() {
    keeping = true;
    close();
  }

  /// Idempotent; who comes second waits for the first.
  @Override
  public synchronized void close() {
    // Last opened, first closed: dispatcher, workers, engine, clock.
    for (AutoCloseable part : closing.reversed()) {
      try {
        part.close();
      } catch (Exception failed) {
        log.mistake(Thread.currentThread(), failed);
      }
    }
    closing.clear();
  }

  /// Sockets first, so that a port in use ends the start before any thread runs; connections wait
  /// in the backlog until the dispatcher, last of all, lets them in.
  private StatisticsPages open(Consumer<Scrubjay> bound) throws IOException {
    TlsCertificates certificates = openTls();
    EngineProvider provider = provider(options.engine());
    EngineOptions engineOptions = engineOptions();
    Databases databases = Databases.of(options, provider.databases(engineOptions));
    Gate gate = Gate.open(options, databases.known(), log);
    closing.add(gate);
    reloads.add(gate::reload);
    Sockets sockets = Sockets.open(network, options.listening());
    closing.add(sockets);
    addresses = sockets.addresses();
    udpAddresses = sockets.udpAddresses();
    roster.listening(sockets.listeners(), clock.now());
    counters.opened(sockets.listeners().size() + sockets.datagrams().size());
    bound.accept(this);
    Watchers watchers = startWatchers();
    Engine engine = provider.open(engineOptions, clock, watchers.engineEvents());
    closing.add(keeping(engine));
    Engine shown = engine.database(databases.servers());
    if (log.echoes()) {
      tellOfListeners(sockets);
    }
    if (options.commands().debugCommands()) {
      debugTools = openDebugTools(shown);
    }
    var prefixes =
        new PrefixStatistics(options.stats().prefixDelimiter(), options.stats().detailEnabled());
    StatisticsPages pages = pages(shown, watchers, certificates, prefixes);
    WorkerSetting setting =
        new WorkerSetting(
            options.connections().requestsPerEvent(),
            options.connections().readBufMemLimitBytes() / options.threads(),
            Math.max(1, ConnectionOptions.LINGERING_MAX / options.threads()),
            clock,
            options.casEnabled(),
            counters,
            options.protocol(),
            worker -> dialects(worker, databases, pages, gate),
            watchers,
            prefixes,
            roster,
            certificates,
            this::connectionClosed,
            log,
            log::mistake);
    List<Worker> workers = startWorkers(setting, engine);
    workers.forEach(roster::add);
    closing.add(() -> drain(workers));
    int idleTimeoutSeconds = options.connections().idleTimeoutSeconds();
    if (idleTimeoutSeconds > 0) {
      everySecond(
          "scrubjay-idle", () -> workers.forEach(worker -> worker.kickIdle(idleTimeoutSeconds)));
    }
    serveDatagrams(sockets.datagrams(), workers);
    startDispatcher(sockets, workers);
    return pages;
  }

  private Watchers startWatchers() {
    Watchers watchers =
        new Watchers(
            options.log().workerLogbufBytes(),
            options.log().watcherLogbufBytes(),
            InstantSource.system(),
            clock,
            log::line,
            log::echoes);
    startThread("mc-log", watchers, watchers::stop);
    return watchers;
  }

  private DebugTools openDebugTools(Engine engine) {
    ItemHolds holds = new ItemHolds(engine);
    closing.add(holds);
    return new DebugTools(holds, clock instanceof TimeControl time ? time : null);
  }

  private void startDispatcher(Sockets sockets, List<Worker> workers) throws IOException {
    Dispatcher started =
        new Dispatcher(
            network,
            sockets.listeners(),
            workers,
            () -> workers.forEach(Worker::endFarewells),
            counters,
            log,
            options.connections().connectionsMax(),
            options.connections().maxconnsFast());
    dispatcher = started;
    startThread("scrubjay-dispatcher", started, started::stop);
  }

  /// Behind the engine's lines, as in memcached.
  private void tellOfListeners(Sockets sockets) {
    for (BoundListener bound : sockets.listeners()) {
      log.listening(
          bound.socket().id(), bound.listener().protocolOr(options.protocol()).settingsName());
    }
    for (Sockets.BoundDatagrams bound : sockets.datagrams()) {
      log.listening(bound.socket().id(), "udp");
    }
  }

  private @Nullable TlsCertificates openTls() throws TlsRefusedException {
    TlsOptions tls = options.tls();
    if (!tls.enabled()) {
      return null;
    }
    TlsCertificates opened = new TlsCertificates(tls, clock, log);
    closing.add(opened);
    reloads.add(opened::refreshAndTell);
    everySecond("scrubjay-tls-files", opened::refreshIfChanged);
    return opened;
  }

  private DialectChoice dialects(
      Worker worker, Databases databases, StatisticsPages pages, Gate gate) {
    ShutdownRequest shutdown =
        options.commands().shutdownCommand() ? this::shutdownRequested : null;
    Function<String, Dialects.Pair> maker =
        name -> {
          DatabaseSession database = worker.database(name);
          StatisticsPages shown = pages.of(database.engine());
          CommandOptions allowed = options.commands();
          return new Dialects.Pair(
              new TextDialect(worker, database, shown, log, allowed, shutdown, debugTools),
              new BinaryDialect(worker, database, shown, log, allowed));
        };
    return gate.before(new Dialects(databases, options.protocol(), maker), worker);
  }

  /// To the workers in turn, one socket to one worker, which closes it.
  private void serveDatagrams(List<Sockets.BoundDatagrams> datagrams, List<Worker> workers) {
    for (int i = 0; i < datagrams.size(); i++) {
      Sockets.BoundDatagrams bound = datagrams.get(i);
      boolean _ =
          workers
              .get(i % workers.size())
              .adopt(on -> DatagramEndpoint.open(on, bound.socket(), bound.listener()));
    }
  }

  /// Has the engine called `engine` do what `words` say to a store that no server has open; the
  /// answer's lines. Errors: `IllegalArgumentException` in one line, `UncheckedIOException`.
  public static List<String> tool(String engine, List<String> words) {
    return provider(engine).tool(words);
  }

  private static EngineProvider provider(String name) {
    var others = new TreeSet<String>();
    for (EngineProvider candidate : ServiceLoader.load(EngineProvider.class)) {
      if (candidate.name().equals(name)) {
        return candidate;
      }
      others.add(candidate.name());
    }
    throw new IllegalArgumentException(
        "engine = "
            + name
            + ": no engine of that name on the class or module path; found: "
            + (others.isEmpty() ? "none" : String.join(", ", others)));
  }

  private EngineOptions engineOptions() {
    return new EngineOptions(
        options.memoryLimitBytes(),
        options.itemBytesMax(),
        options.evictions(),
        options.casEnabled(),
        options.threads(),
        options.engineSettings());
  }

  private AutoCloseable keeping(Engine engine) {
    return () -> {
      if (keeping) {
        engine.closeKeeping();
      } else {
        engine.close();
      }
    };
  }

  private StatisticsPages pages(
      Engine engine,
      Watchers watchers,
      @Nullable TlsCertificates certificates,
      PrefixStatistics prefixes) {
    return new StatisticsPages(
        new GeneralStatistics(
                options,
                counters,
                watchers,
                clock,
                "scrubjay-" + network.name(),
                ProcessTimes::now,
                certificates)
            ::page,
        new SettingsStatistics(options, port(), udpPort(), log, prefixes)::page,
        counters,
        watchers,
        engine,
        prefixes);
  }

  private int port() {
    return addresses.isEmpty() ? options.listening().port() : addresses.getFirst().getPort();
  }

  private int udpPort() {
    return udpAddresses.isEmpty()
        ? options.listening().udpPort()
        : udpAddresses.getFirst().getPort();
  }

  /// All of them begin before the first is waited for.
  private List<Worker> startWorkers(WorkerSetting setting, Engine engine) throws IOException {
    List<CompletableFuture<Worker>> begun = new ArrayList<>();
    for (int index = 0; index < options.threads(); index++) {
      begun.add(startWorker(index, setting, engine));
    }
    List<Worker> workers = new ArrayList<>();
    for (CompletableFuture<Worker> made : begun) {
      try {
        workers.add(made.join());
      } catch (CompletionException failed) {
        throw new IOException(
            "worker " + workers.size() + " did not start: " + failed.getMessage(), failed);
      }
    }
    return workers;
  }

  /// A worker's memory belongs to its thread, so the thread makes its own worker.
  private CompletableFuture<Worker> startWorker(int index, WorkerSetting setting, Engine engine) {
    CompletableFuture<Worker> made = new CompletableFuture<>();
    Runnable life =
        () -> {
          Worker worker;
          try {
            worker = new Worker(index, setting, network, engine);
          } catch (IOException | RuntimeException | Error failed) {
            made.completeExceptionally(failed);
            return;
          }
          made.complete(worker);
          worker.run();
        };
    startThread("scrubjay-worker-" + index, life, () -> stop(made));
    return made;
  }

  private static void stop(CompletableFuture<Worker> made) {
    try {
      made.join().stop();
    } catch (CompletionException neverStarted) {
      return;
    }
  }

  /// Closing stops what runs on the thread and waits for its end.
  private void startThread(String name, Runnable life, Runnable stop) {
    Thread thread =
        Thread.ofPlatform().name(name).uncaughtExceptionHandler(log::mistake).start(life);
    closing.add(
        () -> {
          stop.run();
          thread.join();
        });
  }

  private void everySecond(String thread, Runnable work) {
    closing.add(EverySecond.start(thread, work, log::mistake)::stop);
  }

  private void connectionClosed() {
    Dispatcher running = dispatcher;
    if (running != null) {
      running.connectionClosed();
    }
  }
}
