package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The C library's calls this room makes. Every one answers as the kernel does: a result that is
/// zero or more, or minus the error number.
///
/// Initializing this class links them all, so it fails at once where one is missing or native
/// access is denied. Threads: any.
///
/// Calls that never block are linked as "critical": no thread state changes around them, which
/// saves most of a downcall's cost but holds up a safepoint for as long as they run. A wait must
/// not be critical. Calls on the request path take addresses, not segments, because a segment of a
/// shared arena costs two atomic operations per call; the callers here check the bounds first.
@SuppressWarnings("restricted") // this room is where native calls are made
final class LinuxCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option CRITICAL = Linker.Option.critical(false);
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final int MSG_NOSIGNAL = 0x4000;

  private static final MethodHandle RECV = transfer("recv", CRITICAL);
  private static final MethodHandle SEND = transfer("send", CRITICAL);
  private static final MethodHandle RECV_ERRNO = transfer("recv", CRITICAL, ERRNO);
  private static final MethodHandle SEND_ERRNO = transfer("send", CRITICAL, ERRNO);
  private static final MethodHandle RECVFROM = datagramTransfer("recvfrom", JAVA_LONG, CRITICAL);
  private static final MethodHandle SENDTO = datagramTransfer("sendto", JAVA_INT, CRITICAL);
  private static final MethodHandle RECVFROM_ERRNO =
      datagramTransfer("recvfrom", JAVA_LONG, CRITICAL, ERRNO);
  private static final MethodHandle SENDTO_ERRNO =
      datagramTransfer("sendto", JAVA_INT, CRITICAL, ERRNO);
  private static final MethodHandle EPOLL_WAIT = epollWait();
  private static final MethodHandle EPOLL_WAIT_NONE = epollWait(CRITICAL);
  private static final MethodHandle EPOLL_WAIT_ERRNO = epollWait(CRITICAL, ERRNO);
  private static final MethodHandle EPOLL_CTL =
      linked("epoll_ctl", List.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS), CRITICAL, ERRNO);
  private static final MethodHandle EPOLL_CREATE = linked("epoll_create1", ints(1), ERRNO);
  private static final MethodHandle EVENTFD = linked("eventfd", ints(2), ERRNO);
  private static final MethodHandle EVENTFD_WRITE =
      linked("eventfd_write", List.of(JAVA_INT, JAVA_LONG), CRITICAL, ERRNO);
  private static final MethodHandle ACCEPT4 =
      linked("accept4", List.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT), ERRNO);
  private static final MethodHandle SOCKET = linked("socket", ints(3), ERRNO);
  private static final MethodHandle BIND =
      linked("bind", List.of(JAVA_INT, ADDRESS, JAVA_INT), ERRNO);
  private static final MethodHandle CONNECT =
      linked("connect", List.of(JAVA_INT, ADDRESS, JAVA_INT), ERRNO);
  private static final MethodHandle LISTEN = linked("listen", ints(2), ERRNO);
  private static final MethodHandle SETSOCKOPT =
      linked("setsockopt", List.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), ERRNO);
  private static final MethodHandle GETSOCKNAME =
      linked("getsockname", List.of(JAVA_INT, ADDRESS, ADDRESS), ERRNO);
  private static final MethodHandle GETPEERNAME =
      linked("getpeername", List.of(JAVA_INT, ADDRESS, ADDRESS), ERRNO);
  private static final MethodHandle CLOSE = linked("close", ints(1), ERRNO);

  /// errno belongs to a thread, and so does the place it is saved to.
  private static final ThreadLocal<MemorySegment> SAVED_ERRNO =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  private static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private LinuxCalls() {}

  /// Initializes this class, and throws what that throws.
  static void link() {}

  /// Receives up to `bytes` (1 or more) to `address`; 0 is the end of the stream.
  ///
  /// The first try does not save errno. When it fails, the call is made again with errno saved: a
  /// failed recv has consumed no data, and an error it did consume (a reset, told once) is followed
  /// by the end of the stream, which means the same to every caller.
  static int recv(int fd, long address, int bytes) {
    try {
      long count = (long) RECV.invokeExact(fd, address, (long) bytes, 0);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count = (long) RECV_ERRNO.invokeExact(errno, fd, address, (long) bytes, 0);
      return count >= 0 ? (int) count : minus(errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Sends up to `bytes` from `address`, without SIGPIPE. Tries twice like [#recv]: after a
  /// consumed error the second try fails with EPIPE.
  static int send(int fd, long address, int bytes) {
    try {
      long count = (long) SEND.invokeExact(fd, address, (long) bytes, MSG_NOSIGNAL);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count = (long) SEND_ERRNO.invokeExact(errno, fd, address, (long) bytes, MSG_NOSIGNAL);
      return count >= 0 ? (int) count : minus(errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Receives one datagram of up to `bytes` (1 or more) to `address`, and its sender's `sockaddr`
  /// to `sender`; the int at `senderBytes` says its room before and its length after. Tries twice
  /// like [#recv]: an error that the first try consumed was an earlier datagram's.
  static int recvfrom(int fd, long address, int bytes, long sender, long senderBytes) {
    try {
      long count = (long) RECVFROM.invokeExact(fd, address, (long) bytes, 0, sender, senderBytes);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count =
          (long)
              RECVFROM_ERRNO.invokeExact(errno, fd, address, (long) bytes, 0, sender, senderBytes);
      return count >= 0 ? (int) count : minus(errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Sends `bytes` from `address` as one datagram to the `sockaddr` of `receiverBytes` at
  /// `receiver`. Tries twice like [#recvfrom].
  static int sendto(int fd, long address, int bytes, long receiver, int receiverBytes) {
    try {
      long count = (long) SENDTO.invokeExact(fd, address, (long) bytes, 0, receiver, receiverBytes);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count =
          (long)
              SENDTO_ERRNO.invokeExact(
                  errno, fd, address, (long) bytes, 0, receiver, receiverBytes);
      return count >= 0 ? (int) count : minus(errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int epollCreate(int flags) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) EPOLL_CREATE.invokeExact(errno, flags), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) EPOLL_CTL.invokeExact(errno, epoll, operation, fd, event), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Tries again without waiting, and with errno saved, when the first try fails; so a signal looks
  /// like a wait that ended early. Saving errno may allocate until the caller is compiled: the JDK
  /// slices the segment that errno is saved to.
  static int epollWait(int epoll, MemorySegment events, int eventsMax, int timeoutMillis) {
    try {
      int count =
          timeoutMillis == 0
              ? (int) EPOLL_WAIT_NONE.invokeExact(epoll, events, eventsMax, 0)
              : (int) EPOLL_WAIT.invokeExact(epoll, events, eventsMax, timeoutMillis);
      if (count >= 0) {
        return count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count = (int) EPOLL_WAIT_ERRNO.invokeExact(errno, epoll, events, eventsMax, 0);
      return answer(count, errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int eventfd(int flags) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) EVENTFD.invokeExact(errno, 0, flags), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Adds 1 to the event counter `fd`.
  static int eventfdWrite(int fd) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) EVENTFD_WRITE.invokeExact(errno, fd, 1L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Does not ask for the peer's address.
  static int accept4(int fd, int flags) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) ACCEPT4.invokeExact(errno, fd, 0L, 0L, flags), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int socket(int family, int type) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) SOCKET.invokeExact(errno, family, type, 0), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int bind(int fd, MemorySegment address) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      int bytes = (int) address.byteSize();
      return answer((int) BIND.invokeExact(errno, fd, address, bytes), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int connect(int fd, MemorySegment address) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      int bytes = (int) address.byteSize();
      return answer((int) CONNECT.invokeExact(errno, fd, address, bytes), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int listen(int fd, int backlog) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) LISTEN.invokeExact(errno, fd, backlog), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int setsockopt(int fd, int level, int option, MemorySegment value) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      int bytes = (int) value.byteSize();
      return answer((int) SETSOCKOPT.invokeExact(errno, fd, level, option, value, bytes), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// `lengthBytes` is an int: the room at `address` going in, the address's true length coming out.
  static int getsockname(int fd, MemorySegment address, MemorySegment lengthBytes) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) GETSOCKNAME.invokeExact(errno, fd, address, lengthBytes), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// As [#getsockname], of the other end.
  static int getpeername(int fd, MemorySegment address, MemorySegment lengthBytes) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) GETPEERNAME.invokeExact(errno, fd, address, lengthBytes), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int close(int fd) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((int) CLOSE.invokeExact(errno, fd), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  private static int answer(int result, MemorySegment errno) {
    return result >= 0 ? result : minus(errno);
  }

  private static int minus(MemorySegment errno) {
    return -errno.get(JAVA_INT, ERRNO_OFFSET);
  }

  /// A downcall throws only what the JVM itself throws, and misuse of a handle, which is ours.
  private static Error neverThrown(Throwable thrown) {
    if (thrown instanceof RuntimeException misuse) {
      throw misuse;
    }
    return thrown instanceof Error error ? error : new AssertionError(thrown);
  }

  private static MethodHandle transfer(String name, Linker.Option... options) {
    var signature = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    return LINKER.downcallHandle(symbol(name), signature, options);
  }

  /// `lengthType`: recvfrom takes the address of the sender's length, sendto the length itself.
  private static MethodHandle datagramTransfer(
      String name, ValueLayout lengthType, Linker.Option... options) {
    var signature =
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, lengthType);
    return LINKER.downcallHandle(symbol(name), signature, options);
  }

  private static MethodHandle epollWait(Linker.Option... options) {
    return linked("epoll_wait", List.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), options);
  }

  private static List<ValueLayout> ints(int count) {
    return new ArrayList<>(Collections.nCopies(count, JAVA_INT));
  }

  private static MethodHandle linked(
      String name, List<ValueLayout> parameters, Linker.Option... options) {
    var signature = FunctionDescriptor.of(JAVA_INT, parameters.toArray(MemoryLayout[]::new));
    return LINKER.downcallHandle(symbol(name), signature, options);
  }

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }
}
