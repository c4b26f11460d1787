package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

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
  private static final long MSG_NOSIGNAL = 0x4000;

  /// Every parameter is a register wide, whatever C calls it: the two architectures pass the first
  /// six integers and addresses in registers and look only at the bits they need. So two shapes
  /// serve all calls, and linking a shape is what costs: each makes a dozen classes when it is
  /// first linked, which the AOT cache doesn't hold. With one per C signature, and three more in
  /// the memory room, a server used 689 ms of CPU until it was ready, with five in all 400 (medians
  /// of 7 starts with the AOT cache, both cores otherwise busy). Calls that save errno share theirs
  /// with the memory room and the command line.
  private static final FunctionDescriptor UP_TO_FOUR =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final FunctionDescriptor UP_TO_SIX =
      UP_TO_FOUR.appendArgumentLayouts(JAVA_LONG, JAVA_LONG);

  private static final MethodHandle RECV = linked("recv", UP_TO_FOUR, CRITICAL);
  private static final MethodHandle SEND = linked("send", UP_TO_FOUR, CRITICAL);
  private static final MethodHandle EPOLL_WAIT_NONE = linked("epoll_wait", UP_TO_FOUR, CRITICAL);
  private static final MethodHandle RECV_ERRNO = seldom("recv");
  private static final MethodHandle SEND_ERRNO = seldom("send");
  private static final MethodHandle EPOLL_WAIT = seldom("epoll_wait");
  private static final MethodHandle EPOLL_CTL = seldom("epoll_ctl");
  private static final MethodHandle EVENTFD_WRITE = seldom("eventfd_write");
  private static final MethodHandle EPOLL_CREATE = seldom("epoll_create1");
  private static final MethodHandle EVENTFD = seldom("eventfd");
  private static final MethodHandle ACCEPT4 = seldom("accept4");
  private static final MethodHandle SOCKET = seldom("socket");
  private static final MethodHandle BIND = seldom("bind");
  private static final MethodHandle CONNECT = seldom("connect");
  private static final MethodHandle LISTEN = seldom("listen");
  private static final MethodHandle SETSOCKOPT = seldom("setsockopt");
  private static final MethodHandle GETSOCKNAME = seldom("getsockname");
  private static final MethodHandle GETPEERNAME = seldom("getpeername");
  private static final MethodHandle SHUTDOWN = seldom("shutdown");
  private static final MethodHandle CLOSE = seldom("close");

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
      long count = (long) RECV.invokeExact((long) fd, address, (long) bytes, 0L);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count = (long) RECV_ERRNO.invokeExact(errno, (long) fd, address, (long) bytes, 0L, 0L, 0L);
      return count >= 0 ? (int) count : minus(errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Sends up to `bytes` from `address`, without SIGPIPE. Tries twice like [#recv]: after a
  /// consumed error the second try fails with EPIPE.
  static int send(int fd, long address, int bytes) {
    try {
      long count = (long) SEND.invokeExact((long) fd, address, (long) bytes, MSG_NOSIGNAL);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count =
          (long)
              SEND_ERRNO.invokeExact(errno, (long) fd, address, (long) bytes, MSG_NOSIGNAL, 0L, 0L);
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
      long count =
          (long)
              Datagrams.RECVFROM.invokeExact(
                  (long) fd, address, (long) bytes, 0L, sender, senderBytes);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count =
          (long)
              Datagrams.RECVFROM_ERRNO.invokeExact(
                  errno, (long) fd, address, (long) bytes, 0L, sender, senderBytes);
      return count >= 0 ? (int) count : minus(errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Sends `bytes` from `address` as one datagram to the `sockaddr` of `receiverBytes` at
  /// `receiver`. Tries twice like [#recvfrom].
  static int sendto(int fd, long address, int bytes, long receiver, int receiverBytes) {
    try {
      long count =
          (long)
              Datagrams.SENDTO.invokeExact(
                  (long) fd, address, (long) bytes, 0L, receiver, (long) receiverBytes);
      if (count >= 0) {
        return (int) count;
      }
      MemorySegment errno = SAVED_ERRNO.get();
      count =
          (long)
              Datagrams.SENDTO_ERRNO.invokeExact(
                  errno, (long) fd, address, (long) bytes, 0L, receiver, (long) receiverBytes);
      return count >= 0 ? (int) count : minus(errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int epollCreate(int flags) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long) EPOLL_CREATE.invokeExact(errno, (long) flags, 0L, 0L, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long)
              EPOLL_CTL.invokeExact(
                  errno, (long) epoll, (long) operation, (long) fd, event.address(), 0L, 0L),
          errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Without a timeout it tries twice like [#recv]. Saving errno may allocate until the caller is
  /// compiled: the JDK slices the segment that errno is saved to.
  static int epollWait(int epoll, MemorySegment events, int eventsMax, int timeoutMillis) {
    try {
      long at = events.address();
      long max = eventsMax;
      if (timeoutMillis == 0) {
        int count = (int) (long) EPOLL_WAIT_NONE.invokeExact((long) epoll, at, max, 0L);
        if (count >= 0) {
          return count;
        }
      }
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long) EPOLL_WAIT.invokeExact(errno, (long) epoll, at, max, (long) timeoutMillis, 0L, 0L),
          errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int eventfd(int flags) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((long) EVENTFD.invokeExact(errno, 0L, (long) flags, 0L, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Adds 1 to the event counter `fd`.
  static int eventfdWrite(int fd) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((long) EVENTFD_WRITE.invokeExact(errno, (long) fd, 1L, 0L, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// Does not ask for the peer's address.
  static int accept4(int fd, int flags) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long) ACCEPT4.invokeExact(errno, (long) fd, 0L, 0L, (long) flags, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int socket(int family, int type) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long) SOCKET.invokeExact(errno, (long) family, (long) type, 0L, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int bind(int fd, MemorySegment address) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      long bytes = address.byteSize();
      return answer(
          (long) BIND.invokeExact(errno, (long) fd, address.address(), bytes, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int connect(int fd, MemorySegment address) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      long bytes = address.byteSize();
      return answer(
          (long) CONNECT.invokeExact(errno, (long) fd, address.address(), bytes, 0L, 0L, 0L),
          errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int listen(int fd, int backlog) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long) LISTEN.invokeExact(errno, (long) fd, (long) backlog, 0L, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int setsockopt(int fd, int level, int option, MemorySegment value) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      long bytes = value.byteSize();
      return answer(
          (long)
              SETSOCKOPT.invokeExact(
                  errno, (long) fd, (long) level, (long) option, value.address(), bytes, 0L),
          errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// `lengthBytes` is an int: the room at `address` going in, the address's true length coming out.
  static int getsockname(int fd, MemorySegment address, MemorySegment lengthBytes) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long)
              GETSOCKNAME.invokeExact(
                  errno, (long) fd, address.address(), lengthBytes.address(), 0L, 0L, 0L),
          errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// As [#getsockname], of the other end.
  static int getpeername(int fd, MemorySegment address, MemorySegment lengthBytes) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long)
              GETPEERNAME.invokeExact(
                  errno, (long) fd, address.address(), lengthBytes.address(), 0L, 0L, 0L),
          errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// With an integer argument.
  static int fcntl(int fd, int command, int argument) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long) Inheritance.FCNTL.invokeExact(errno, (long) fd, (long) command, (long) argument),
          errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int shutdown(int fd, int how) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer(
          (long) SHUTDOWN.invokeExact(errno, (long) fd, (long) how, 0L, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  static int close(int fd) {
    try {
      MemorySegment errno = SAVED_ERRNO.get();
      return answer((long) CLOSE.invokeExact(errno, (long) fd, 0L, 0L, 0L, 0L, 0L), errno);
    } catch (Throwable thrown) {
      throw neverThrown(thrown);
    }
  }

  /// The C functions answer an int: the upper half of the register is nobody's.
  private static int answer(long register, MemorySegment errno) {
    int result = (int) register;
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

  /// Linked when the first datagram socket asks: a server without UDP shouldn't pay for the shape.
  private static final class Datagrams {
    static final MethodHandle RECVFROM = linked("recvfrom", UP_TO_SIX, CRITICAL);
    static final MethodHandle SENDTO = linked("sendto", UP_TO_SIX, CRITICAL);
    static final MethodHandle RECVFROM_ERRNO = seldom("recvfrom");
    static final MethodHandle SENDTO_ERRNO = seldom("sendto");
  }

  /// Linked when a socket is taken over.
  private static final class Inheritance {
    static final MethodHandle FCNTL =
        linked(
            "fcntl",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(2),
            ERRNO);
  }

  /// A call off the usual path of a request, which may block.
  private static MethodHandle seldom(String name) {
    return linked(name, UP_TO_SIX, ERRNO);
  }

  private static MethodHandle linked(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    return LINKER.downcallHandle(symbol(name), shape, options);
  }

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }
}
