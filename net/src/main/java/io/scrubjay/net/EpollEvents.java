package io.scrubjay.net;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// An array of `struct epoll_event`: 32 bits of flags, 64 bits of the caller's own.
///
/// The kernel packs the struct on x86-64 and nowhere else. Source: the kernel's
/// `include/uapi/linux/eventpoll.h` (EPOLL_PACKED).
final class EpollEvents {
  static final int IN = 0x001;
  static final int OUT = 0x004;
  static final int ERROR = 0x008;
  static final int HANG_UP = 0x010;
  static final int EDGE_TRIGGERED = 1 << 31;

  private static final StructLayout LAYOUT = layout(Platform.current());
  private static final long SIZE_BYTES = LAYOUT.byteSize();
  private static final long FLAGS = LAYOUT.byteOffset(groupElement("events"));
  private static final long DATA = LAYOUT.byteOffset(groupElement("data"));

  private final MemorySegment array;

  EpollEvents(Arena arena, int count) {
    array = arena.allocate(LAYOUT, count);
  }

  /// Errors: `IllegalArgumentException` where there is no epoll.
  static StructLayout layout(Platform platform) {
    return switch (platform) {
      case LINUX_X86_64 ->
          checked(
              12,
              MemoryLayout.structLayout(
                  JAVA_INT_UNALIGNED.withName("events"), JAVA_LONG_UNALIGNED.withName("data")));
      case LINUX_AARCH64 ->
          checked(
              16,
              MemoryLayout.structLayout(
                  JAVA_INT.withName("events"),
                  MemoryLayout.paddingLayout(4),
                  JAVA_LONG.withName("data")));
      case OTHER -> throw new IllegalArgumentException("no epoll on this platform");
    };
  }

  MemorySegment array() {
    return array;
  }

  int flags(int index) {
    return array.get(JAVA_INT_UNALIGNED, index * SIZE_BYTES + FLAGS);
  }

  long data(int index) {
    return array.get(JAVA_LONG_UNALIGNED, index * SIZE_BYTES + DATA);
  }

  void put(int index, int flags, long data) {
    array.set(JAVA_INT_UNALIGNED, index * SIZE_BYTES + FLAGS, flags);
    array.set(JAVA_LONG_UNALIGNED, index * SIZE_BYTES + DATA, data);
  }

  private static StructLayout checked(int sizeBytes, StructLayout layout) {
    if (layout.byteSize() != sizeBytes) {
      throw new AssertionError(
          "epoll_event is " + layout.byteSize() + " bytes, the kernel's is " + sizeBytes);
    }
    return layout;
  }
}
