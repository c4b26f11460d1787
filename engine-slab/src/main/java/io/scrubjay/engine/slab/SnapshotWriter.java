package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// Writes all live items to a file, bucket by bucket, while everything else goes on: an item is
/// pinned while its value is written, and no lock is held meanwhile. What changes during the
/// writing may be in it or not; an item may be in it twice.
///
/// Shape: [#MARK], then per item its key's length (2 bytes), flags (4), Unix deadline (8, 0 for
/// never), CAS id (8), marks (1), value's length (4), key and value; a length of 0; the CAS id
/// given last (8), which no item's is greater than but those that a client chose; the number of
/// items (8); CRC-32C of all that (8). Big-endian. The file appears whole or not at all. Threads:
/// confined.
final class SnapshotWriter {
  static final long MARK = 0x534A_534E_4150_3032L;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LOOKS_MAX = 3;

  private final ItemStore store;
  private final BucketWalk walk;
  private final long processStarted;
  private final BooleanSupplier stopped;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final MemorySegment bufferSegment = MemorySegment.ofArray(buffer);
  private final ItemHeader header = new ItemHeader();
  private final Key key = new Key();
  private long items;

  SnapshotWriter(ItemStore store, long processStarted, BooleanSupplier stopped) {
    this.store = store;
    this.walk = new BucketWalk(store.index);
    this.processStarted = processStarted;
    this.stopped = stopped;
  }

  /// False when stopped before the end; the file then stays as it was.
  boolean write(Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    CRC32C sum = new CRC32C();
    try (var out =
        new DataOutputStream(
            new CheckedOutputStream(
                new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES), sum))) {
      out.writeLong(MARK);
      for (long bucket = 0; bucket < store.index.buckets(); bucket++) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        writeChain(bucket, out);
      }
      out.writeShort(0);
      out.writeLong(store.lastCas());
      out.writeLong(items);
      out.writeLong(sum.getValue());
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /// Looks again when an item was gone from where the chain had it: it may have moved.
  private void writeChain(long bucket, DataOutputStream out) throws IOException {
    boolean all = false;
    for (int look = 0; !all && look < LOOKS_MAX; look++) {
      all = true;
      walk.begin(bucket);
      while (walk.hasNext()) {
        all &= writeNext(out);
      }
    }
  }

  /// False when the item was gone.
  private boolean writeNext(DataOutputStream out) throws IOException {
    long item = walk.lockNext();
    if (item == 0) {
      return false;
    }
    try {
      if (store.judge(item) != Lookup.HIT || !store.pin(item)) {
        return true;
      }
      long _ = store.memory.snapshot(item, header);
    } finally {
      store.index.unlock(walk.bucket());
    }
    try {
      writePinned(item, out);
      items++;
      return true;
    } finally {
      store.unpin(item);
    }
  }

  private void writePinned(long item, DataOutputStream out) throws IOException {
    store.memory.key(item, key);
    out.writeShort(key.length());
    out.writeInt(header.clientFlags);
    long deadline = Integer.toUnsignedLong(header.deadline);
    out.writeLong(deadline == 0 ? 0 : processStarted + deadline);
    out.writeLong(header.cas);
    out.writeByte(header.marks);
    out.writeInt(header.valueBytes);
    MemorySegment.copy(key.segment(), JAVA_BYTE, key.offset(), buffer, 0, key.length());
    out.write(buffer, 0, key.length());
    long state = store.memory.state(item);
    for (int at = 0; at < header.valueBytes; at += BUFFER_BYTES) {
      int bytes = Math.min(BUFFER_BYTES, header.valueBytes - at);
      if (!store.memory.copyValue(item, state, at, bufferSegment, 0, bytes)) {
        throw new AssertionError("the pieces of pinned item " + item + " don't hold its value");
      }
      out.write(buffer, 0, bytes);
    }
  }
}
