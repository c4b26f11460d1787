package io.scrubjay.cli.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// The C library's calls about a process, on 64-bit Linux. Linked one by one when first needed, in
/// a shape that the sockets need anyway, so that a server that asks for nothing pays for nothing.
///
/// The numbers here are those of x86-64 and aarch64 alike. Threads: any.
@SuppressWarnings("restricted") // native calls are what this class is
final class Posix {
  static final int EPERM = 1;

  private static final int ARGUMENTS_MAX = 6;
  private static final int MESSAGE_BYTES = 256;

  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final long ERRNO =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private Posix() {}

  /// True where calls can be made: on Linux, by a JVM that was told to allow it.
  static boolean available() {
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return System.getProperty("os.name", "").equals("Linux")
        && (machine.equals("amd64") || machine.equals("aarch64"))
        && Posix.class.getModule().isNativeAccessEnabled();
  }

  /// Errors: [ProcessFailure] that says that `what` can't be done here.
  static void require(String what) {
    if (!available()) {
      throw new ProcessFailure(
          ProcessFailure.OS_ERROR, what + " needs Linux and --enable-native-access");
    }
  }

  /// The result when it is 0 or more, or else minus the error number.
  static int call(String name, long... arguments) {
    Linker linker = Linker.nativeLinker();
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow(name),
            SHAPE,
            Linker.Option.captureCallState("errno"));
    long[] all = Arrays.copyOf(arguments, ARGUMENTS_MAX);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      int result =
          (int) (long) handle.invokeExact(errno, all[0], all[1], all[2], all[3], all[4], all[5]);
      return result >= 0 ? result : -errno.get(JAVA_INT, ERRNO);
    } catch (RuntimeException | Error misuse) {
      throw misuse;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The C library's words for an error number.
  static String message(int errno) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(MESSAGE_BYTES);
      int failed = call("__xpg_strerror_r", errno, text.address(), MESSAGE_BYTES);
      return failed != 0 ? "errno " + errno : text.getString(0, StandardCharsets.UTF_8);
    }
  }

  static MemorySegment string(Arena arena, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment segment = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
    return segment;
  }
}
