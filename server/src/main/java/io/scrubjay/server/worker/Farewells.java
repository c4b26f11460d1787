package io.scrubjay.server.worker;

import io.scrubjay.net.Poller;
import io.scrubjay.net.ReadyHandler;
import io.scrubjay.net.StreamSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/// Sockets whose connections are over while their clients are still sending.
///
/// A kernel that is told to close a socket with input unread resets the connection, and forgets
/// what it has yet to send: a slow client would lose its last replies. The same happens when input
/// comes after the close. So what is unread is read first; and if there was some, or the client is
/// likely to send more, output alone is ended, and input is read and dropped until the client has
/// closed too.
///
/// Limits: so many sockets at a time as the maker says, until [#nobodyComes]; of each, [#BYTES_MAX]
/// of input and [#MILLIS_MAX]. Whoever exceeds them is closed, reset or not. Threads: confined to
/// the worker.
final class Farewells {
  static final int BYTES_MAX = 16 << 20;
  static final int MILLIS_MAX = 1_000;
  private static final int READ_BYTES = 16 << 10;

  private final Poller poller;
  private final MemorySegment dropped;
  private final Executor atTheLimit;
  private final Runnable onEnd;
  private final Set<Farewell> open = new HashSet<>();
  private int socketsMax;

  /// @param socketsMax they have descriptors that new connections may want
  /// @param atTheLimit runs what it is given on the worker, [#MILLIS_MAX] later
  /// @param onEnd run after each that was not closed at once
  Farewells(Poller poller, Arena arena, int socketsMax, Executor atTheLimit, Runnable onEnd) {
    this.socketsMax = socketsMax;
    this.poller = poller;
    this.dropped = arena.allocate(READ_BYTES);
    this.atTheLimit = atTheLimit;
    this.onEnd = onEnd;
  }

  /// Closes `socket`, which is watched no more, now or soon. What was written still arrives.
  ///
  /// @param sendsOn the client knows of no end and may be about to send more
  void close(StreamSocket socket, boolean sendsOn) {
    Farewell farewell = new Farewell(socket);
    if (open.size() >= socketsMax || !farewell.inputComes(sendsOn)) {
      socket.close();
      return;
    }
    try {
      socket.endOutput();
      poller.watch(socket, Poller.READ, farewell);
    } catch (IOException refused) {
      socket.close();
      return;
    }
    open.add(farewell);
    atTheLimit.execute(farewell::end);
  }

  /// No more connections are let in: every one that there is may end so.
  void nobodyComes() {
    socketsMax = Integer.MAX_VALUE;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void endAll() {
    List.copyOf(open).forEach(Farewell::end);
  }

  private final class Farewell implements ReadyHandler {
    private final StreamSocket socket;

    /// What TLS lies around is not looked into.
    private final StreamSocket raw;

    private int bytesLeft = BYTES_MAX;

    Farewell(StreamSocket socket) {
      this.socket = socket;
      this.raw = socket.polled();
    }

    boolean inputComes(boolean sendsOn) {
      int count = raw.read(dropped, 0, READ_BYTES);
      bytesLeft -= Math.max(0, count);
      return count > 0 || (sendsOn && count != StreamSocket.CLOSED);
    }

    @Override
    public void ready(int readiness) {
      int count = raw.read(dropped, 0, READ_BYTES);
      bytesLeft -= Math.max(0, count);
      if (count == StreamSocket.CLOSED || bytesLeft <= 0) {
        end();
      }
    }

    /// Idempotent.
    void end() {
      if (open.remove(this)) {
        poller.close(socket);
        onEnd.run();
      }
    }
  }
}
