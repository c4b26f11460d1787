package io.scrubjay.server.worker;

import io.scrubjay.engine.Pin;
import java.lang.foreign.MemorySegment;

/// The rest of a reply too long for the turn's output: sent piece by piece as the socket takes it.
public sealed interface LongReply {

  long bytes();

  void copy(long offset, MemorySegment target, long targetOffset, int bytes);

  /// Called once, when all is sent or the connection is gone.
  void release();

  /// A value kept alive in the engine.
  record OfPin(Pin pin) implements LongReply {
    @Override
    public long bytes() {
      return pin.valueBytes();
    }

    @Override
    public void copy(long offset, MemorySegment target, long targetOffset, int bytes) {
      pin.copy((int) offset, target, targetOffset, bytes);
    }

    @Override
    public void release() {
      pin.release();
    }
  }

  /// Text made for this one reply.
  record OfText(MemorySegment text) implements LongReply {
    @Override
    public long bytes() {
      return text.byteSize();
    }

    @Override
    public void copy(long offset, MemorySegment target, long targetOffset, int bytes) {
      MemorySegment.copy(text, offset, target, targetOffset, bytes);
    }

    @Override
    public void release() {}
  }
}
