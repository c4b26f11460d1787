package io.scrubjay.net;

import java.io.IOException;
import java.net.BindException;

/// What Linux's error numbers mean to this room. The numbers are those of x86-64 and aarch64 alike.
/// Source: the kernel's `include/uapi/asm-generic/errno.h` and `errno-base.h`.
final class Errno {
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EINPROGRESS = 115;
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;
  private static final int EROFS = 30;
  private static final int EPIPE = 32;
  private static final int ENFILE = 23;
  private static final int EMFILE = 24;
  private static final int ENOBUFS = 105;
  private static final int ENOMEM = 12;
  private static final int EPROTO = 71;
  private static final int ENOPROTOOPT = 92;
  private static final int EOPNOTSUPP = 95;
  private static final int ENONET = 64;
  private static final int EPERM = 1;
  private static final int ENOTSOCK = 88;
  private static final int EAFNOSUPPORT = 97;
  private static final int EADDRINUSE = 98;
  private static final int EADDRNOTAVAIL = 99;
  private static final int ENETDOWN = 100;
  private static final int ENETUNREACH = 101;
  private static final int ECONNABORTED = 103;
  static final int ECONNRESET = 104;
  private static final int ENOTCONN = 107;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;
  private static final int EHOSTDOWN = 112;
  private static final int EHOSTUNREACH = 113;

  private Errno() {}

  /// What became of a failed accept(2).
  enum AcceptFailure {
    /// The backlog is empty.
    NONE_WAITING,
    /// One connection died in the backlog, or a signal came: the next accept may succeed.
    TRY_AGAIN,
    OUT_OF_FILES,
    BROKEN
  }

  /// accept(2) passes on errors that are pending on the new connection and asks to treat them as
  /// "try again"; a firewall's refusal (EPERM) is one connection's matter too.
  static AcceptFailure acceptFailure(int errno) {
    return switch (errno) {
      case EAGAIN -> AcceptFailure.NONE_WAITING;
      case EINTR,
          ECONNABORTED,
          EPERM,
          EPROTO,
          ENOPROTOOPT,
          EOPNOTSUPP,
          ENONET,
          ENETDOWN,
          ENETUNREACH,
          EHOSTDOWN,
          EHOSTUNREACH ->
          AcceptFailure.TRY_AGAIN;
      case EMFILE, ENFILE -> AcceptFailure.OUT_OF_FILES;
      default -> AcceptFailure.BROKEN;
    };
  }

  /// True when a connect(2) that failed at once failed for a reason of the peer or the way to it:
  /// the same failure may as well come later, so the socket tells it.
  static boolean isPeerFailure(int errno) {
    return switch (errno) {
      case ECONNREFUSED, ECONNRESET, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH, EHOSTDOWN -> true;
      default -> false;
    };
  }

  /// `what` says what was tried, and on which address.
  static IOException exception(int errno, String what) {
    String message = what + ": " + name(errno);
    return switch (errno) {
      case EADDRINUSE -> new AddressInUseException(message);
      case EADDRNOTAVAIL, EACCES -> new BindException(message);
      case EMFILE, ENFILE -> new TooManyOpenFilesException(message);
      default -> new IOException(message);
    };
  }

  /// In words, with the name or the number.
  static String name(int errno) {
    return switch (errno) {
      case EACCES -> "permission denied (EACCES)";
      case ENOENT -> "no such file or directory (ENOENT)";
      case ENOTDIR -> "not a directory (ENOTDIR)";
      case EROFS -> "the file system is read-only (EROFS)";
      case ENOTSOCK -> "not a socket (ENOTSOCK)";
      case EAFNOSUPPORT -> "this system has no such kind of address (EAFNOSUPPORT)";
      case ENFILE -> "the system is out of file descriptors (ENFILE)";
      case EMFILE -> "the process is out of file descriptors (EMFILE)";
      case EADDRINUSE -> "address already in use (EADDRINUSE)";
      case EADDRNOTAVAIL -> "no such local address, or no port left (EADDRNOTAVAIL)";
      case ECONNRESET -> "connection reset (ECONNRESET)";
      case EPIPE -> "the other end is closed (EPIPE)";
      case ETIMEDOUT -> "the other end does not answer (ETIMEDOUT)";
      case ECONNREFUSED -> "connection refused (ECONNREFUSED)";
      case ENOTCONN -> "not connected (ENOTCONN)";
      case ENOMEM, ENOBUFS -> "the kernel is out of memory (errno " + errno + ")";
      default -> "errno " + errno;
    };
  }
}
