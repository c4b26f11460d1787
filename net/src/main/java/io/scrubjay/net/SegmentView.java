package io.scrubjay.net;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The last segment seen as a buffer, so that a socket that goes on using the same one makes the
/// buffer once. Segments too long for a buffer are viewed by parts, a new buffer for each.
final class SegmentView {
  private @Nullable MemorySegment segment;
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  ByteBuffer of(MemorySegment wanted, long offset, int bytes) {
    if (wanted.byteSize() > Integer.MAX_VALUE) {
      return wanted.asSlice(offset, bytes).asByteBuffer();
    }
    if (!wanted.equals(segment)) {
      segment = wanted;
      buffer = wanted.asByteBuffer();
    }
    return buffer.limit((int) offset + bytes).position((int) offset);
  }
}
