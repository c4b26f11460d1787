package io.scrubjay.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One `java.nio` selector.
///
/// A selector tells all that is ready at once, so what exceeds [#READY_MAX] is kept and collected
/// by the following waits, ahead of any new selection: the last in line is not forgotten.
final class NioPoller implements Poller {
  private final Selector selector;
  private final List<Watch> selected = new ArrayList<>();
  private final Consumer<SelectionKey> collector = this::collect;
  private final AtomicBoolean wakeupPending = new AtomicBoolean();
  private int from;
  private int to;

  NioPoller() throws IOException {
    selector = Selector.open();
  }

  @Override
  public void watch(Watchable socket, int interest, ReadyHandler handler) throws IOException {
    var watchable = (NioWatchable) socket.polled();
    if (watchOf(watchable) != null) {
      throw new IllegalStateException("watched already: " + socket.id());
    }
    SelectionKey key;
    try {
      key = register(watchable);
    } catch (CancelledKeyException forgottenJustNow) {
      // The selector drops a forgotten key at its next selection only; what it finds ready, it will
      // find again.
      selector.selectNow(forFlushing -> {});
      key = register(watchable);
    }
    var watch = new Watch(watchable, key, handler);
    key.attach(watch);
    watch.interest(interest);
  }

  @Override
  public void interest(Watchable socket, int interest) {
    Watch watch = watchOf((NioWatchable) socket.polled());
    if (watch == null) {
      throw new IllegalStateException("not watched: " + socket.id());
    }
    watch.interest(interest);
  }

  @Override
  public void forget(Watchable socket) {
    Watch watch = watchOf((NioWatchable) socket.polled());
    if (watch != null) {
      watch.end();
    }
  }

  @Override
  public void close(Watchable socket) {
    forget(socket);
    socket.close();
  }

  @Override
  public int await(int timeoutMillis) throws IOException {
    if (to == selected.size()) {
      selected.clear();
      to = 0;
      select(timeoutMillis);
    }
    from = to;
    to = Math.min(selected.size(), from + READY_MAX);
    return to - from;
  }

  @Override
  public int dispatch() {
    int called = 0;
    Throwable failure = null;
    while (from < to) {
      Watch watch = selected.get(from++);
      int readiness = watch.readiness();
      if (readiness == 0) {
        continue;
      }
      called++;
      try {
        watch.handler.ready(readiness);
      } catch (Throwable thrown) {
        failure = HandlerFailures.joined(failure, thrown);
      }
    }
    HandlerFailures.rethrow(failure);
    return called;
  }

  @Override
  public void wakeup() {
    if (!wakeupPending.getAndSet(true)) {
      selector.wakeup();
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("closing a selector", failure);
    }
  }

  private void select(int timeoutMillis) throws IOException {
    try {
      if (timeoutMillis == 0) {
        selector.selectNow(collector);
      } else {
        selector.select(collector, Math.max(timeoutMillis, 0));
      }
    } catch (ClosedSelectorException closed) {
      throw new IOException("the poller is closed", closed);
    } finally {
      wakeupPending.set(false);
    }
  }

  private void collect(SelectionKey key) {
    selected.add((Watch) key.attachment());
  }

  private SelectionKey register(NioWatchable watchable) throws IOException {
    return watchable.channel().register(selector, 0);
  }

  private @Nullable Watch watchOf(NioWatchable watchable) {
    SelectionKey key = watchable.channel().keyFor(selector);
    return key == null || !key.isValid() ? null : (Watch) key.attachment();
  }

  /// One socket's watch: what the selection key is attached to.
  private static final class Watch {
    private final NioWatchable watchable;
    private final SelectionKey key;
    private final ReadyHandler handler;
    private int interest;
    private boolean ended;

    Watch(NioWatchable watchable, SelectionKey key, ReadyHandler handler) {
      this.watchable = watchable;
      this.key = key;
      this.handler = handler;
    }

    void interest(int changed) {
      if (changed == interest) {
        return;
      }
      interest = changed;
      key.interestOps(watchable.operations(changed));
    }

    int readiness() {
      if (ended || interest == 0 || !key.isValid()) {
        return 0;
      }
      int operations = key.readyOps();
      int readiness = watchable.readiness(operations, interest);
      if ((operations & SelectionKey.OP_CONNECT) != 0 && key.isValid()) {
        key.interestOps(watchable.operations(interest));
      }
      return readiness;
    }

    void end() {
      ended = true;
      key.cancel();
    }
  }
}
