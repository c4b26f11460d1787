package io.scrubjay.server.worker;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.stats.WorkerCounters;
import io.scrubjay.server.watch.CloseReason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Where the replies of one loop turn gather: one buffer per worker, one contiguous range per
/// connection, one write per range when the turn ends.
///
/// A turn's replies leave together and after the engine has been told that the turn ends, so an
/// engine can commit the turn's writes as one group first. When the buffer, or one connection's
/// share of it, is full, the turn is cut short: commit, send, go on.
///
/// Limits: [#BYTES] in all, [#CONNECTION_BYTES_MAX] per connection between two sends. Threads:
/// confined to the worker.
final class TurnOutput {
  static final int BYTES = 256 << 10;
  static final int CONNECTION_BYTES_MAX = 64 << 10;

  private final MemorySegment segment;
  private final ByteOutput out;
  private final Runnable commit;
  private final WorkerCounters counters;
  private StreamConnection[] dirty = new StreamConnection[64];
  private int dirtyCount;
  private long sends;

  TurnOutput(Arena arena, Runnable commit, WorkerCounters counters) {
    this.segment = arena.allocate(BYTES);
    this.out = new ByteOutput(segment);
    this.commit = commit;
    this.counters = counters;
  }

  ByteOutput out() {
    return out;
  }

  /// How often this was sent. As long as it stays the same, what was written stays where it is.
  long sends() {
    return sends;
  }

  /// What is written from here to [#end] is `connection`'s, behind what it wrote earlier this turn.
  void begin(StreamConnection connection) {
    if (connection.outputStart < 0) {
      append(connection);
    } else if (connection.outputEnd != out.position()) {
      int bytes = connection.outputEnd - connection.outputStart;
      if (out.room() < bytes) {
        flush();
        append(connection);
      } else {
        int start = (int) out.position();
        out.put(segment, connection.outputStart, bytes);
        connection.outputStart = start;
      }
    }
  }

  void end(StreamConnection connection) {
    if (connection.outputStart >= 0) {
      connection.outputEnd = (int) out.position();
    }
  }

  /// Makes room for `bytes` more of `connection`, which is being served. False when its socket
  /// would not take what had to be sent for that.
  boolean ensure(StreamConnection connection, int bytes) {
    long used = out.position() - connection.outputStart;
    if (bytes <= out.room() && used + bytes <= CONNECTION_BYTES_MAX) {
      return true;
    }
    connection.outputEnd = (int) out.position();
    flush();
    append(connection);
    return !connection.stuck();
  }

  /// Bytes that `connection`, which is being served, may write without asking.
  long room(StreamConnection connection) {
    return Math.min(out.room(), CONNECTION_BYTES_MAX - (out.position() - connection.outputStart));
  }

  /// Ends the turn for the engine and sends everything; if the engine can't keep what it has
  /// promised this turn, closes the connections that were about to be told.
  void flush() {
    sends++;
    int count = dirtyCount;
    dirtyCount = 0;
    boolean kept = false;
    try {
      commit.run();
      kept = true;
    } finally {
      if (!kept) {
        dropAll(count);
      }
    }
    for (int i = 0; i < count; i++) {
      try {
        send(dirty[i]);
      } catch (RuntimeException | Error mistake) {
        dirty[i].fail(mistake);
      }
    }
    out.position(0);
  }

  private void dropAll(int count) {
    for (int i = 0; i < count; i++) {
      dirty[i].outputStart = -1;
      dirty[i].close(CloseReason.ERROR);
    }
    out.position(0);
  }

  private void append(StreamConnection connection) {
    if (dirtyCount == dirty.length) {
      dirty = Arrays.copyOf(dirty, dirtyCount * 2);
    }
    dirty[dirtyCount++] = connection;
    connection.outputStart = (int) out.position();
    connection.outputEnd = connection.outputStart;
  }

  private void send(StreamConnection connection) {
    int start = connection.outputStart;
    int bytes = connection.outputEnd - start;
    connection.outputStart = -1;
    if (bytes > 0 && !connection.closed()) {
      int sent = connection.socket().write(segment, start, bytes);
      if (sent == StreamSocket.CLOSED) {
        connection.close(CloseReason.ERROR);
        return;
      }
      counters.add(Counter.BYTES_WRITTEN, sent);
      if (sent < bytes) {
        connection.stick(segment, (long) start + sent, bytes - sent);
        return;
      }
    }
    connection.sent();
  }
}
