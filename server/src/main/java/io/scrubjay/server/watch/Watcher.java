package io.scrubjay.server.watch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/// One watching client: the lines it has not been sent yet.
///
/// Limits: the buffer; a line that does not fit is skipped, and the next one that does is preceded
/// by `skipped=N`. Threads: the logger offers, the client's worker takes; a monitor, held for a
/// copy. A line for which there is no room doesn't come as far as that: a watcher that never reads
/// costs a look for each.
public final class Watcher implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final Watchers watchers;
  private final int streamBits;
  private final long firstGid;
  private final BooleanSupplier wake;
  private final byte[] buffer;
  private int from;
  private int bytes;

  /// What `bytes` leaves of the buffer. Written under the monitor.
  private volatile int room;

  /// The logger's own.
  private long skipped;

  /// It was there when lines passed over were counted last. The logger's own.
  private boolean known;

  private boolean woken;

  /// `wake` tells the worker to [#take]; false when it can't be told now.
  Watcher(Watchers watchers, int streamBits, long firstGid, int bufferBytes, BooleanSupplier wake) {
    this.watchers = watchers;
    this.streamBits = streamBits;
    this.firstGid = firstGid;
    this.buffer = new byte[bufferBytes];
    this.room = bufferBytes;
    this.wake = wake;
  }

  int streamBits() {
    return streamBits;
  }

  boolean wants(int streamBit, long gid) {
    return (streamBits & streamBit) != 0 && gid >= firstGid;
  }

  /// Whether a line of `count` bytes would be kept, but for the notice before it.
  boolean hasRoom(int count) {
    return count <= room;
  }

  /// Lines that it wants were not written since it had no room. Those of the round it came in were
  /// others' alone. Answers how many it has missed.
  long passedOver(long lines) {
    long missed = known ? lines : 0;
    skipped += missed;
    return missed;
  }

  /// From now on it misses what is passed over.
  void known() {
    known = true;
  }

  /// False: skipped.
  boolean offer(byte[] source, int offset, int count) {
    if (!hasRoom(count) || !kept(source, offset, count)) {
      skipped++;
      return false;
    }
    skipped = 0;
    return true;
  }

  private synchronized boolean kept(byte[] source, int offset, int count) {
    byte[] notice =
        skipped == 0 ? NOTHING : ("skipped=" + skipped + "\n").getBytes(StandardCharsets.US_ASCII);
    if (notice.length + count > room) {
      return false;
    }
    put(notice, 0, notice.length);
    put(source, offset, count);
    room = buffer.length - bytes;
    return true;
  }

  private void put(byte[] source, int offset, int count) {
    int at = (from + bytes) % Math.max(1, buffer.length);
    int first = Math.min(count, buffer.length - at);
    System.arraycopy(source, offset, buffer, at, first);
    System.arraycopy(source, offset + first, buffer, 0, count - first);
    bytes += count;
  }

  /// Wakes the client's worker if there is something to take and it doesn't know yet.
  void tell() {
    synchronized (this) {
      if (bytes == 0 || woken) {
        return;
      }
      woken = true;
    }
    if (!wake.getAsBoolean()) {
      synchronized (this) {
        woken = false;
      }
    }
  }

  /// Moves up to `max` bytes of lines to `target`; 0 when there are none, and the worker will be
  /// woken for the next.
  public int take(MemorySegment target, long offset, int max) {
    int count = taken(target, offset, max);
    if (count > 0) {
      watchers.roomAgain(streamBits);
    }
    return count;
  }

  private synchronized int taken(MemorySegment target, long offset, int max) {
    int count = Math.min(Math.min(max, bytes), buffer.length - from);
    MemorySegment.copy(buffer, from, target, ValueLayout.JAVA_BYTE, offset, count);
    from = (from + count) % Math.max(1, buffer.length);
    bytes -= count;
    room = buffer.length - bytes;
    if (bytes == 0) {
      woken = false;
    }
    return count;
  }

  /// The client is gone.
  @Override
  public void close() {
    watchers.remove(this);
  }
}
