package io.scrubjay.engine.lldb;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Lookup;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Judges records: alive, expired, or behind a flush. Flushing is O(1): an instant is recorded, and
/// records that it covers are dead from then on, whoever finds them removes them.
///
/// A flush at once begins a new epoch, since times have a grain of a second and "up to this call,
/// nothing after it" can't be told from them; a flush for later compares times. Only when an item
/// was stored counts, not when it was last read: a read after a flush's instant already finds it
/// dead. Source: spec M-30. Threads: any; readers read one volatile field.
final class Freshness {
  private static final int STATE_BYTES = 4 + 8 + 8;

  /// Unix seconds; 0: none.
  private record State(int epoch, long flushedUntil, long pending) {}

  private final CacheClock clock;
  private volatile State state;

  Freshness(CacheClock clock, byte[] saved) {
    this.clock = clock;
    if (saved.length == 0) {
      state = new State(0, 0, 0);
    } else {
      ByteBuffer bytes = ByteBuffer.wrap(saved);
      state = new State(bytes.getInt(), bytes.getLong(), bytes.getLong());
    }
  }

  int epoch() {
    return state.epoch;
  }

  long nowUnix() {
    return clock.epochSecondsOf(clock.now());
  }

  Lookup judge(MemorySegment record) {
    State current = state;
    long now = nowUnix();
    long stored = ItemRecord.stored(record);
    if (ItemRecord.epoch(record) != current.epoch
        || stored <= current.flushedUntil
        || (current.pending <= now && stored <= current.pending)) {
      return Lookup.FLUSHED;
    }
    long deadline = ItemRecord.deadline(record);
    return deadline != 0 && deadline <= now ? Lookup.EXPIRED : Lookup.HIT;
  }

  /// Runs `save` with the state to keep after [io.scrubjay.engine.Engine#invalidate], then lets it
  /// hold. If `save` throws, nothing changes.
  synchronized void invalidate(int instant, Saver save) {
    State before = state;
    long now = nowUnix();
    long until =
        before.pending <= now ? Math.max(before.flushedUntil, before.pending) : before.flushedUntil;
    int epoch = instant != 0 && instant < clock.now() ? before.epoch + 1 : before.epoch;
    State after = new State(epoch, until, instant == 0 ? 0 : clock.processStarted() + instant);
    save.save(
        ByteBuffer.allocate(STATE_BYTES)
            .putInt(after.epoch)
            .putLong(after.flushedUntil)
            .putLong(after.pending)
            .array());
    state = after;
  }

  /// What `stats settings` calls `oldest`: the last flush's instant in server seconds.
  long oldest() {
    long pending = state.pending;
    return pending == 0 ? 0 : Math.max(0, pending - clock.processStarted());
  }

  /// What is behind a flush as of now: changes when more is.
  record Mark(int epoch, long flushedUntil) {
    /// Nothing ever was.
    boolean coversAnything() {
      return epoch != 0 || flushedUntil != 0;
    }
  }

  Mark mark() {
    State current = state;
    boolean reached = current.pending <= nowUnix();
    return new Mark(
        current.epoch,
        reached ? Math.max(current.flushedUntil, current.pending) : current.flushedUntil);
  }

  @FunctionalInterface
  interface Saver {
    void save(byte[] state);
  }
}
