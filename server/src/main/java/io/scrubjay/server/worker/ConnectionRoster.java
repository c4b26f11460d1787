package io.scrubjay.server.worker;

import io.scrubjay.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Who is connected, for `stats conns`. A connection's state belongs to its worker, so each worker
/// tells of its own on its own loop, and whoever asked waits meanwhile as for an engine: nobody is
/// blocked, nothing is read across threads, and serving pays nothing.
///
/// Threads: any.
public final class ConnectionRoster {
  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private volatile List<ConnectionRow> listeners = List.of();

  /// From now on it is asked.
  public void add(Worker worker) {
    workers.add(worker);
  }

  public void listening(List<BoundListener> opened, int now) {
    listeners = opened.stream().map(bound -> row(bound.socket(), now)).toList();
  }

  private static ConnectionRow row(ServerSocket socket, int now) {
    String state = ConnectionState.LISTENING.wireName();
    return new ConnectionRow(socket.id(), "tcp", socket.localAddress(), null, state, now);
  }

  /// Asks every worker: the page's names and values, sorted by socket.
  CompletableFuture<Map<String, String>> page(Connection asking, int now) {
    Census census = new Census(asking, now, workers.size());
    listeners.forEach(census::add);
    for (Worker worker : workers) {
      if (!worker.tellOfConnections(census)) {
        census.workerAnswered();
      }
    }
    return census.page;
  }

  /// One question under way.
  static final class Census {
    private final Connection asking;
    private final int now;
    private final Map<Integer, ConnectionRow> rows = new ConcurrentSkipListMap<>();
    private final AtomicInteger workersLeft;
    private final CompletableFuture<Map<String, String>> page = new CompletableFuture<>();

    private Census(Connection asking, int now, int workers) {
      this.asking = asking;
      this.now = now;
      this.workersLeft = new AtomicInteger(workers);
    }

    void add(ConnectionRow row) {
      rows.put(row.id(), row);
    }

    /// The one that asks is serving a request, though it rests while it waits.
    ConnectionState stateOf(Connection connection, ConnectionState state) {
      return connection.equals(asking) ? ConnectionState.PARSE_CMD : state;
    }

    void workerAnswered() {
      if (workersLeft.decrementAndGet() == 0) {
        Map<String, String> lines = new LinkedHashMap<>();
        rows.values().forEach(row -> row.print(lines, now));
        page.complete(lines);
      }
    }
  }
}
