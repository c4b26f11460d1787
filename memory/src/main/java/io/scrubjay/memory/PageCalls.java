package io.scrubjay.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// `mmap`, `munmap` and `madvise` on 64-bit Linux and macOS.
///
/// Source: the constants are those of `<sys/mman.h>` on both systems; Linux's hold for x86-64 and
/// aarch64. Errors: `IllegalCallerException` on first use when native access is denied.
final class PageCalls {
  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_PRIVATE = 2;
  private static final int LINUX_MAP_ANONYMOUS = 0x20;
  private static final int LINUX_MAP_NORESERVE = 0x4000;
  private static final int MACOS_MAP_ANONYMOUS = 0x1000;
  private static final int MACOS_MAP_NORESERVE = 0x40;
  private static final int MADV_DONTNEED = 4;
  private static final int LINUX_MADV_HUGEPAGE = 14;
  private static final long MAP_FAILED = -1;

  private PageCalls() {}

  /// Looked up at each use, which is rare: a static field would turn the linker's refusal into a
  /// failed class initialization.
  private record Calls(int mapFlags, MethodHandle mmap, MethodHandle munmap, MethodHandle madvise) {

    /// Which system this is shows in how its C library names `errno`'s place.
    static @Nullable Calls find() {
      Linker linker = Linker.nativeLinker();
      SymbolLookup libc = linker.defaultLookup();
      int flags;
      if (libc.find("__errno_location").isPresent()) {
        flags = MAP_PRIVATE | LINUX_MAP_ANONYMOUS | LINUX_MAP_NORESERVE;
      } else if (libc.find("__error").isPresent()) {
        flags = MAP_PRIVATE | MACOS_MAP_ANONYMOUS | MACOS_MAP_NORESERVE;
      } else {
        return null;
      }
      // One shape for all three, since linking a shape is what costs at start-up: integers and
      // addresses alike go in registers, and a call looks only at those it knows. It is the net
      // room's too, errno and all, so that the linker makes it once.
      var shape =
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
      return new Calls(
          flags,
          downcall(linker, libc, "mmap", shape),
          downcall(linker, libc, "munmap", shape),
          downcall(linker, libc, "madvise", shape));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle downcall(
        Linker linker, SymbolLookup libc, String name, FunctionDescriptor shape) {
      return linker.downcallHandle(
          libc.findOrThrow(name), shape, Linker.Option.captureCallState("errno"));
    }
  }

  static boolean available() {
    return Calls.find() != null;
  }

  private static Calls calls() {
    Calls calls = Calls.find();
    if (calls == null) {
      throw new AssertionError("no mmap on this system; ask available() first");
    }
    return calls;
  }

  /// A segment of length 0 at the first mapped byte.
  static MemorySegment map(long bytes) {
    Calls calls = calls();
    long mapped;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      mapped =
          (long)
              calls.mmap.invokeExact(
                  errno, 0L, bytes, (long) PROT_READ_WRITE, (long) calls.mapFlags, -1L, 0L);
    } catch (Throwable thrown) {
      throw new AssertionError("mmap doesn't throw", thrown);
    }
    if (mapped == MAP_FAILED) {
      throw new OutOfMemoryError("mmap of " + bytes + " bytes was refused");
    }
    return MemorySegment.ofAddress(mapped);
  }

  static void unmap(MemorySegment pages, long bytes) {
    int status;
    try {
      status = status(calls().munmap, pages.address(), bytes, 0);
    } catch (Throwable thrown) {
      throw new AssertionError("munmap doesn't throw", thrown);
    }
    if (status != 0) {
      throw new AssertionError("munmap of " + bytes + " mapped bytes was refused");
    }
  }

  private static int status(MethodHandle call, long address, long bytes, long third)
      throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      return (int) (long) call.invokeExact(errno, address, bytes, third, 0L, 0L, 0L);
    }
  }

  /// A refusal changes nothing that is promised: the contents then stay as they were.
  static void discard(MemorySegment pages) {
    int _ = advise(calls(), pages, MADV_DONTNEED);
  }

  /// Only Linux has advice for that.
  static boolean preferLargePages(MemorySegment pages) {
    Calls calls = calls();
    boolean linux = (calls.mapFlags & LINUX_MAP_NORESERVE) != 0;
    return linux && advise(calls, pages, LINUX_MADV_HUGEPAGE) == 0;
  }

  private static int advise(Calls calls, MemorySegment pages, int advice) {
    try {
      return status(calls.madvise, pages.address(), pages.byteSize(), advice);
    } catch (Throwable thrown) {
      throw new AssertionError("madvise doesn't throw", thrown);
    }
  }
}
