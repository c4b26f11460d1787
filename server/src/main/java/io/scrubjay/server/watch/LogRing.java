package io.scrubjay.server.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Lines on their way from one writing thread to the logger.
///
/// Shape: a ring of bytes; a record is its length and its stream's bit (4 bytes each), its gid (8)
/// and the line. Limits: the capacity; what does not fit is not taken. Threads: one writer
/// ([#room], [#put], [#publish]), one reader ([#load] and what it loaded).
final class LogRing {
  static final int HEADER_BYTES = 16;

  private static final VarHandle WRITTEN = position("written");
  private static final VarHandle READ = position("read");
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, java.nio.ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.nativeOrder());

  private final byte[] ring;
  private final byte[] loaded;

  /// All bytes ever put and published, and taken out again.
  private long written;

  private long read;

  /// The writer's own: put, not published.
  private long filled;

  private boolean holds;

  LogRing(int capacityBytes, int lineBytesMax) {
    ring = new byte[capacityBytes];
    loaded = new byte[HEADER_BYTES + lineBytesMax];
  }

  private static VarHandle position(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(LogRing.class, field, long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Puts a record's header at the start of `into`.
  static void header(byte[] into, int recordBytes, int streamBit, long gid) {
    INT.set(into, 0, recordBytes);
    INT.set(into, 4, streamBit);
    LONG.set(into, 8, gid);
  }

  // The writer's.

  int room() {
    return ring.length - (int) (written - (long) READ.getAcquire(this));
  }

  /// Appends to the record that [#publish] will end. Within [#room].
  void put(byte[] bytes, int count) {
    int at = (int) (filled % ring.length);
    int first = Math.min(count, ring.length - at);
    System.arraycopy(bytes, 0, ring, at, first);
    System.arraycopy(bytes, first, ring, 0, count - first);
    filled += count;
  }

  void publish() {
    WRITTEN.setRelease(this, filled);
  }

  // The reader's.

  /// Whether there is a next record; if so it is loaded until [#done].
  boolean load() {
    if (holds) {
      return true;
    }
    if ((long) WRITTEN.getAcquire(this) == read) {
      return false;
    }
    copy(0, HEADER_BYTES);
    int recordBytes = (int) INT.get(loaded, 0);
    copy(HEADER_BYTES, recordBytes - HEADER_BYTES);
    READ.setRelease(this, read + recordBytes);
    holds = true;
    return true;
  }

  private void copy(int offset, int count) {
    int at = (int) ((read + offset) % ring.length);
    int first = Math.min(count, ring.length - at);
    System.arraycopy(ring, at, loaded, offset, first);
    System.arraycopy(ring, 0, loaded, offset + first, count - first);
  }

  /// The record that is loaded; its line starts at [#HEADER_BYTES].
  byte[] record() {
    return loaded;
  }

  int lineBytes() {
    return (int) INT.get(loaded, 0) - HEADER_BYTES;
  }

  int streamBit() {
    return (int) INT.get(loaded, 4);
  }

  long gid() {
    return (long) LONG.get(loaded, 8);
  }

  void done() {
    holds = false;
  }
}
