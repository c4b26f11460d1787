package io.scrubjay.engine.lldb;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Reserve;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A record in the making, in a buffer of the session's: what RocksDB is given is what was filled.
final class LldbDraft implements Draft {
  /// Drafts up to this aren't counted against the budget: a connection has one at most.
  private static final int UNCOUNTED_BYTES = 4 << 10;

  private final LldbSession session;
  private final Store store;
  private @Nullable NativeBuffer buffer;
  private int valueBytes;
  private int filled;
  private int clientFlags;
  private int deadline;
  private int marks;
  private int hash;
  private int keyBytes;

  LldbDraft(LldbSession session, Store store) {
    this.session = session;
    this.store = store;
  }

  Reserve reserve(Key key, int flags, int newDeadline, int bytes) {
    if (buffer != null) {
      throw new AssertionError("a draft in use was reserved again");
    }
    if (store.totalBytes(key.length(), flags, bytes) > store.options.itemBytesMax()) {
      return Reserve.TOO_LARGE;
    }
    int recordBytes = ItemRecord.HEADER_BYTES + bytes;
    if (store.refuses() || (recordBytes > UNCOUNTED_BYTES && !store.draftBytes.take(recordBytes))) {
      return Reserve.OUT_OF_MEMORY;
    }
    buffer = session.buffers().take(recordBytes);
    valueBytes = bytes;
    filled = 0;
    clientFlags = flags;
    deadline = newDeadline;
    marks = 0;
    hash = LldbSession.hash(key);
    keyBytes = key.length();
    return Reserve.RESERVED;
  }

  private NativeBuffer buffer() {
    if (buffer == null) {
      throw new AssertionError("the draft isn't in use");
    }
    return buffer;
  }

  /// The complete record, made out to be stored now in `database`, in place of `spare`, which the
  /// draft keeps no longer than it takes to give it back.
  NativeBuffer handOver(Database database, int expectedHash, int expectedKeyBytes, int birth) {
    NativeBuffer complete = buffer();
    if (missingBytes() != 0 || hash != expectedHash || keyBytes != expectedKeyBytes) {
      throw new AssertionError("put of an unfinished draft, or under another key");
    }
    ItemRecord.begin(
        complete.segment,
        clientFlags,
        ItemRecord.unixSecond(deadline, store.clock),
        database.freshness.nowUnix(),
        database.freshness.epoch(),
        birth);
    ItemRecord.marks(complete.segment, marks);
    buffer = null;
    uncount();
    return complete;
  }

  private void uncount() {
    int recordBytes = ItemRecord.HEADER_BYTES + valueBytes;
    if (recordBytes > UNCOUNTED_BYTES) {
      store.draftBytes.giveBack(recordBytes);
    }
  }

  int recordBytes() {
    return ItemRecord.HEADER_BYTES + valueBytes;
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
  public int deadline() {
    NativeBuffer _ = buffer();
    return deadline;
  }

  /// There are no classes here.
  @Override
  public int slabClass() {
    return 0;
  }

  @Override
  public int missingBytes() {
    NativeBuffer _ = buffer();
    return valueBytes - filled;
  }

  @Override
  public boolean append(MemorySegment source, long sourceOffset, int bytes) {
    if (bytes < 0 || bytes > missingBytes()) {
      throw new AssertionError(bytes + " bytes appended, " + missingBytes() + " are missing");
    }
    MemorySegment.copy(
        source, sourceOffset, buffer().segment, (long) ItemRecord.HEADER_BYTES + filled, bytes);
    filled += bytes;
    return true;
  }

  @Override
  public boolean copyValueTo(Draft target) {
    return target.append(buffer().segment, ItemRecord.HEADER_BYTES, valueBytes);
  }

  @Override
  public void marks(int set) {
    NativeBuffer _ = buffer();
    marks |= set;
  }

  @Override
  public void discard() {
    session.buffers().giveBack(buffer());
    buffer = null;
    uncount();
  }
}
