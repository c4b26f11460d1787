package io.scrubjay.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One epoll instance and an eventfd that wakes it.
///
/// Shape: tables indexed by file descriptor, grown by doubling. Each event carries the descriptor
/// and the number of its watch, so that what was collected for a socket since forgotten never
/// reaches the next one under the same descriptor. A socket watched for nothing is taken out of the
/// kernel's set, which would otherwise tell its hang-up at every wait.
final class EpollPoller implements Poller {
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NON_BLOCKING = 0x800;
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int TABLE_SIZE_AT_START = 64;

  private final int epoll;
  private final int wakeups;
  private final Arena arena = Arena.ofShared();
  private final EpollEvents ready = new EpollEvents(arena, READY_MAX);
  private final EpollEvents change = new EpollEvents(arena, 1);

  /// True from the first wakeup until a wait has seen it: a storm of them is one system call.
  private final AtomicBoolean wakeupPending = new AtomicBoolean();

  private @Nullable ReadyHandler[] handlers = new ReadyHandler[TABLE_SIZE_AT_START];
  private int[] interests = new int[TABLE_SIZE_AT_START];
  private int[] watchNumbers = new int[TABLE_SIZE_AT_START];
  private int watches;
  private int collected;

  /// Guarded by `wakeupPending`'s monitor: a late wakeup must not write to a descriptor that has
  /// been closed and given out again.
  private boolean closed;

  private EpollPoller(int epoll, int wakeups) {
    this.epoll = epoll;
    this.wakeups = wakeups;
  }

  static EpollPoller open() throws IOException {
    int epoll = EpollNetwork.must(LinuxCalls.epollCreate(CLOSE_ON_EXEC), "epoll_create1");
    int wakeups = LinuxCalls.eventfd(CLOSE_ON_EXEC | NON_BLOCKING);
    if (wakeups < 0) {
      LinuxCalls.close(epoll);
      throw Errno.exception(-wakeups, "eventfd");
    }
    var poller = new EpollPoller(epoll, wakeups);
    poller.growTo(wakeups);
    // Edge-triggered: each write is told once, and nobody need read the counter back to zero.
    int added = poller.control(ADD, wakeups, EpollEvents.IN | EpollEvents.EDGE_TRIGGERED);
    if (added < 0) {
      poller.close();
      throw Errno.exception(-added, "epoll_ctl");
    }
    return poller;
  }

  @Override
  public void watch(Watchable socket, int interest, ReadyHandler handler) throws IOException {
    int fd = socket.id();
    growTo(fd);
    if (handlers[fd] != null) {
      throw new IllegalStateException("watched already: " + fd);
    }
    watchNumbers[fd] = ++watches;
    if (interest != 0) {
      EpollNetwork.must(control(ADD, fd, flags(interest)), "watching socket " + fd);
    }
    handlers[fd] = handler;
    interests[fd] = interest;
  }

  @Override
  public void interest(Watchable socket, int interest) {
    int fd = socket.id();
    if (fd >= handlers.length || handlers[fd] == null) {
      throw new IllegalStateException("not watched: " + fd);
    }
    int before = interests[fd];
    if (before == interest) {
      return;
    }
    int operation = before == 0 ? ADD : interest == 0 ? DELETE : MODIFY;
    int result = control(operation, fd, flags(interest));
    if (result < 0) {
      throw new UncheckedIOException(Errno.exception(-result, "watching socket " + fd));
    }
    interests[fd] = interest;
  }

  @Override
  public void forget(Watchable socket) {
    int fd = socket.id();
    if (fd < handlers.length && handlers[fd] != null) {
      if (interests[fd] != 0 && !closed) { // a closed epoll has forgotten already
        control(DELETE, fd, 0);
      }
      drop(fd);
    }
  }

  /// A descriptor that is closed leaves the kernel's set. Where a child process still has it for
  /// the moment before its exec, it leaves then, and until then its events are nobody's.
  @Override
  public void close(Watchable socket) {
    int fd = socket.id();
    if (fd < handlers.length) {
      drop(fd);
    }
    socket.close();
  }

  private void drop(int fd) {
    handlers[fd] = null;
    interests[fd] = 0;
  }

  @Override
  public int await(int timeoutMillis) throws IOException {
    int count = LinuxCalls.epollWait(epoll, ready.array(), READY_MAX, timeoutMillis);
    if (count < 0) {
      collected = 0;
      if (count == -Errno.EINTR) {
        return 0;
      }
      throw Errno.exception(-count, "epoll_wait");
    }
    int sockets = count;
    for (int i = 0; i < count; i++) {
      if (ready.data(i) == wakeups) {
        wakeupPending.set(false);
        sockets--;
      }
    }
    collected = count;
    return sockets;
  }

  @Override
  public int dispatch() {
    int count = collected;
    collected = 0;
    int called = 0;
    Throwable failure = null;
    for (int i = 0; i < count; i++) {
      long data = ready.data(i);
      int fd = (int) data;
      ReadyHandler handler = handlers[fd];
      if (handler == null || watchNumbers[fd] != (int) (data >>> Integer.SIZE)) {
        continue;
      }
      int readiness = readiness(ready.flags(i), interests[fd]);
      if (readiness == 0) {
        continue;
      }
      called++;
      try {
        handler.ready(readiness);
      } catch (Throwable thrown) {
        failure = HandlerFailures.joined(failure, thrown);
      }
    }
    HandlerFailures.rethrow(failure);
    return called;
  }

  @Override
  public void wakeup() {
    if (wakeupPending.getAndSet(true)) {
      return;
    }
    synchronized (wakeupPending) {
      if (!closed) {
        LinuxCalls.eventfdWrite(wakeups);
      }
    }
  }

  @Override
  public void close() {
    synchronized (wakeupPending) {
      if (closed) {
        return;
      }
      closed = true;
    }
    LinuxCalls.close(wakeups);
    LinuxCalls.close(epoll);
    arena.close();
  }

  private int control(int operation, int fd, int flags) {
    long data = (long) numberOf(fd) << Integer.SIZE | fd;
    change.put(0, flags, data);
    return LinuxCalls.epollCtl(epoll, operation, fd, change.array());
  }

  /// 0 for the eventfd, whose event is then its bare descriptor; 1 and up for sockets.
  private int numberOf(int fd) {
    return fd == wakeups ? 0 : watchNumbers[fd];
  }

  private static int flags(int interest) {
    int in = (interest & READ) != 0 ? EpollEvents.IN : 0;
    int out = (interest & WRITE) != 0 ? EpollEvents.OUT : 0;
    return in | out;
  }

  private static int readiness(int flags, int interest) {
    if ((flags & (EpollEvents.ERROR | EpollEvents.HANG_UP)) != 0) {
      return interest;
    }
    int in = (flags & EpollEvents.IN) != 0 ? READ : 0;
    int out = (flags & EpollEvents.OUT) != 0 ? WRITE : 0;
    return (in | out) & interest;
  }

  private void growTo(int fd) {
    if (fd < handlers.length) {
      return;
    }
    int size = Math.max(fd + 1, handlers.length * 2);
    handlers = Arrays.copyOf(handlers, size);
    interests = Arrays.copyOf(interests, size);
    watchNumbers = Arrays.copyOf(watchNumbers, size);
  }
}
