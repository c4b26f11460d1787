package io.scrubjay.server.command;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.memory.ByteOutput;
import java.lang.foreign.MemorySegment;

/// Puts a hit into the turn's output: what a protocol says before the value, the value straight
/// from the engine, the line end that text wants behind it.
///
/// The engine may start over at any time until it is done, so everything is written from where
/// [#again] found the output. Threads: the worker's, shared by its connections.
public abstract class HitReply implements ItemReader {
  /// Of [#valueBytes]: the reply is its header only.
  protected static final int NO_VALUE = -1;

  private static final int CRLF_BYTES = 2;

  /// Kept free for the line that ends a list of values.
  private static final int END_BYTES_MAX = 64;

  private final ByteOutput out;
  private final int headerBytesMax;
  private final boolean endsLine;
  private final int frameBytes;
  private long mark;
  private long roomBytes;
  private long valueAt;
  private int copiedBytes;
  private int neededBytes;
  private int slabClass;
  private int itemBytes;

  /// This client is the one told to recache. Set by [Retrieve], read by [#writeHeader].
  protected boolean wins;

  /// The item did not exist before this request. Set by [Retrieve].
  protected boolean isNew;

  /// `headerBytesMax` is what [#writeHeader] wants of room; `endsLine`: CR LF follows the value.
  protected HitReply(ByteOutput out, int headerBytesMax, boolean endsLine) {
    this.out = out;
    this.headerBytesMax = headerBytesMax;
    this.endsLine = endsLine;
    this.frameBytes = headerBytesMax + CRLF_BYTES + END_BYTES_MAX;
  }

  /// Writes what comes before the value. `valueBytes` is what [#valueBytes] answered.
  protected abstract void writeHeader(ByteOutput output, ItemHeader header, int valueBytes);

  /// How much of a value the reply to this item carries: all of it, or [#NO_VALUE].
  protected int valueBytes(ItemHeader header) {
    return header.valueBytes;
  }

  public final int headerBytesMax() {
    return headerBytesMax;
  }

  public final boolean endsLine() {
    return endsLine;
  }

  /// After [Retrieve.Outcome#NO_ROOM]: how much room the whole reply wants.
  public final int neededBytes() {
    return neededBytes;
  }

  /// The next hit may take `room` bytes from here on.
  public final void again(long room) {
    mark = out.position();
    roomBytes = room;
    neededBytes = 0;
    wins = false;
    isNew = false;
  }

  @Override
  public final long item(ItemHeader header) {
    out.position(mark);
    slabClass = header.slabClass;
    itemBytes = header.valueBytes;
    int bytes = valueBytes(header);
    if (bytes > roomBytes - frameBytes) {
      neededBytes = (int) Math.min(Integer.MAX_VALUE, (long) frameBytes + bytes);
      return DECLINED;
    }
    neededBytes = 0;
    writeHeader(out, header, bytes);
    valueAt = out.position();
    copiedBytes = bytes;
    return bytes == NO_VALUE ? DECLINED : valueAt;
  }

  @Override
  public final MemorySegment target() {
    return out.segment();
  }

  /// Writes what comes before a value that will be sent by other means.
  final void headerOnly(ItemHeader header) {
    writeHeader(out, header, valueBytes(header));
  }

  final boolean carriesValue(ItemHeader header) {
    return valueBytes(header) != NO_VALUE;
  }

  /// Of the item that was lent last.
  final int slabClass() {
    return slabClass;
  }

  /// The whole value's length, of the item that was lent last.
  final int itemBytes() {
    return itemBytes;
  }

  final long valueAt() {
    return valueAt;
  }

  /// Takes back what a hit that turned into a miss may have written.
  final void forget() {
    out.position(mark);
  }

  /// The value is in place: ends it. False when the item did not fit.
  final boolean finish() {
    if (neededBytes > 0) {
      return false;
    }
    if (copiedBytes == NO_VALUE) {
      return true;
    }
    out.position(valueAt + copiedBytes);
    if (endsLine) {
      out.put((byte) '\r');
      out.put((byte) '\n');
    }
    return true;
  }
}
