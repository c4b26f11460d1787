package io.scrubjay.testkit;

import static java.util.Objects.requireNonNull;

import io.scrubjay.net.DatagramSocket;
import io.scrubjay.net.Network;
import io.scrubjay.net.Poller;
import io.scrubjay.net.ReadyHandler;
import io.scrubjay.net.ServerSocket;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.Watchable;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// A poller that finds ready what a test says, turn by turn; no sockets of its own. When the turns
/// are over it calls `atTheEnd` in each. Threads: the loop's.
public final class HandDrivenNetwork implements Network, Poller {
  private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
  private final Map<Integer, ReadyHandler> handlers = new HashMap<>();
  private final Map<Integer, Integer> interests = new HashMap<>();
  private final Runnable atTheEnd;

  public HandDrivenNetwork(Runnable atTheEnd) {
    this.atTheEnd = atTheEnd;
  }

  /// One more turn, in which `readiness` is what the test does.
  public void turn(Runnable readiness) {
    turns.add(readiness);
  }

  /// Tells the socket's handler, if it is watched for that.
  public void ready(int id, int readiness) {
    if ((interest(id) & readiness) != 0) {
      requireNonNull(handlers.get(id)).ready(readiness);
    }
  }

  /// What the socket is watched for; 0 too when it is not watched.
  public int interest(int id) {
    return handlers.containsKey(id) ? interests.getOrDefault(id, 0) : 0;
  }

  @Override
  public int await(int timeoutMillis) {
    return 0;
  }

  @Override
  public int dispatch() {
    Runnable turn = turns.poll();
    (turn == null ? atTheEnd : turn).run();
    return 0;
  }

  @Override
  public void watch(Watchable socket, int interest, ReadyHandler handler) {
    handlers.put(socket.id(), handler);
    interests.put(socket.id(), interest);
  }

  @Override
  public void interest(Watchable socket, int interest) {
    interests.put(socket.id(), interest);
  }

  @Override
  public void forget(Watchable socket) {
    handlers.remove(socket.id());
  }

  @Override
  public void close(Watchable socket) {
    forget(socket);
    socket.close();
  }

  @Override
  public void wakeup() {}

  @Override
  public void close() {}

  @Override
  public Poller openPoller() {
    return this;
  }

  @Override
  public String name() {
    return "by hand";
  }

  @Override
  public ServerSocket listen(InetSocketAddress address, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket listen(UnixDomainSocketAddress path, int mode, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket inherited(int descriptor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StreamSocket connect(InetSocketAddress address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DatagramSocket bindDatagram(InetSocketAddress address) {
    throw new UnsupportedOperationException();
  }
}
