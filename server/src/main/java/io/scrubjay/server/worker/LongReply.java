package io.scrubjay.server.worker;

import io.scrubjay.engine.Pin;
import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;

/// The rest of a reply too long for the turn's output: written piece by piece as the socket takes
/// it. Threads: the worker's.
public interface LongReply {
  int PIECE_BYTES_MAX = 32 << 10;

  /// Writes the next piece, for which there are [#PIECE_BYTES_MAX] bytes of room. False when it was
  /// the last one.
  boolean writeTo(ByteOutput out);

  /// Called once, when all is written or the connection is gone.
  void release();

  /// A value kept alive in the engine.
  final class OfPin implements LongReply {
    private final Pin pin;
    private int written;

    public OfPin(Pin pin) {
      this.pin = pin;
    }

    @Override
    public boolean writeTo(ByteOutput out) {
      int bytes = Math.min(PIECE_BYTES_MAX, pin.valueBytes() - written);
      pin.copy(written, out.segment(), out.position(), bytes);
      out.position(out.position() + bytes);
      written += bytes;
      return written < pin.valueBytes();
    }

    @Override
    public void release() {
      pin.release();
    }
  }

  /// Text made for this one reply.
  final class OfText implements LongReply {
    private final MemorySegment text;
    private long written;

    public OfText(MemorySegment text) {
      this.text = text;
    }

    @Override
    public boolean writeTo(ByteOutput out) {
      long bytes = Math.min(PIECE_BYTES_MAX, text.byteSize() - written);
      out.put(text, written, bytes);
      written += bytes;
      return written < text.byteSize();
    }

    @Override
    public void release() {}
  }
}
