package io.scrubjay.engine.lldb;

import io.scrubjay.engine.Pin;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A value kept for a slow reader: a copy, in a buffer of the session's, bounded over all sessions
/// by [Store#pinnedBytes].
final class LldbPin implements Pin {
  private final LldbSession session;
  private final Store store;
  private @Nullable NativeBuffer buffer;
  private int valueBytes;

  LldbPin(LldbSession session, Store store) {
    this.session = session;
    this.store = store;
  }

  /// Copies `bytes` at `offset` of `source`. False when too much is pinned already.
  boolean hold(MemorySegment source, long offset, int bytes) {
    if (buffer != null) {
      throw new AssertionError("a pin in use was used again");
    }
    if (!store.pinnedBytes.take(Store.pinCost(bytes))) {
      return false;
    }
    NativeBuffer copy = session.buffers().take(bytes);
    MemorySegment.copy(source, offset, copy.segment, 0, bytes);
    buffer = copy;
    valueBytes = bytes;
    return true;
  }

  private NativeBuffer buffer() {
    if (buffer == null) {
      throw new AssertionError("the pin isn't in use");
    }
    return buffer;
  }

  @Override
  public boolean inUse() {
    return buffer != null;
  }

  @Override
  public int valueBytes() {
    NativeBuffer _ = buffer();
    return valueBytes;
  }

  @Override
  public void copy(int valueOffset, MemorySegment target, long targetOffset, int bytes) {
    MemorySegment.copy(buffer().segment, valueOffset, target, targetOffset, bytes);
  }

  @Override
  public void release() {
    session.buffers().giveBack(buffer());
    buffer = null;
    store.pinnedBytes.giveBack(Store.pinCost(valueBytes));
  }
}
