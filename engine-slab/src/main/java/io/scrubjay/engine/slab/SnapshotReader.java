package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/// Reads what [SnapshotWriter] wrote: once to see that it is whole, then again to store each item
/// whose key isn't there yet, as any client would. Threads: confined.
final class SnapshotReader {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final BooleanSupplier stopped;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final MemorySegment bufferSegment = MemorySegment.ofArray(buffer);
  private final Key key = new Key();

  SnapshotReader(Path file, BooleanSupplier stopped) {
    this.file = file;
    this.stopped = stopped;
  }

  /// What is told of each item before its value comes.
  private record ItemHead(
      int keyBytes, int flags, long deadline, long cas, int marks, int valueBytes) {
    static ItemHead read(int keyBytes, DataInputStream in) throws IOException {
      ItemHead head =
          new ItemHead(
              keyBytes, in.readInt(), in.readLong(), in.readLong(), in.readByte(), in.readInt());
      if (keyBytes < 0 || keyBytes > Key.BYTES_MAX || head.valueBytes < 0) {
        throw new StreamCorruptedException("an item of impossible size");
      }
      return head;
    }
  }

  /// Told of every item that was read.
  interface Progress {
    void read(boolean stored);
  }

  /// The CAS id given last when the snapshot was written; 0 when stopped before that was read.
  /// Errors: `IOException` when the file isn't whole.
  long check() throws IOException {
    CRC32C sum = new CRC32C();
    try (var in = open(sum)) {
      begin(in);
      long items = 0;
      for (int keyBytes = in.readShort(); keyBytes != 0; keyBytes = in.readShort()) {
        ItemHead head = ItemHead.read(keyBytes, in);
        in.skipNBytes((long) keyBytes + head.valueBytes);
        items++;
        if (stopped.getAsBoolean()) {
          return 0;
        }
      }
      long lastCas = in.readLong();
      boolean whole = in.readLong() == items;
      long covered = sum.getValue();
      if (!whole || in.readLong() != covered) {
        throw new StreamCorruptedException("its checksum is not that of its contents");
      }
      return lastCas;
    }
  }

  private DataInputStream open(CRC32C sum) throws IOException {
    return new DataInputStream(
        new CheckedInputStream(
            new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES), sum));
  }

  private static void begin(DataInputStream in) throws IOException {
    if (in.readLong() != SnapshotWriter.MARK) {
      throw new StreamCorruptedException("it is no snapshot");
    }
  }

  /// Stores what is missing, until stopped.
  void load(Session session, CacheClock clock, Progress progress) throws IOException {
    Draft draft = session.newDraft();
    try (var in = open(new CRC32C())) {
      begin(in);
      for (int keyBytes = in.readShort(); keyBytes != 0; keyBytes = in.readShort()) {
        if (stopped.getAsBoolean()) {
          return;
        }
        progress.read(loadItem(ItemHead.read(keyBytes, in), in, session, draft, clock));
      }
    }
  }

  private boolean loadItem(
      ItemHead head, DataInputStream in, Session session, Draft draft, CacheClock clock)
      throws IOException {
    byte[] name = in.readNBytes(head.keyBytes);
    key.at(MemorySegment.ofArray(name), 0, name.length);
    long deadline = head.deadline == 0 ? 0 : head.deadline - clock.processStarted();
    if ((deadline != 0 && deadline <= clock.now())
        || session.reserve(draft, key, head.flags, (int) deadline, head.valueBytes)
            != Reserve.RESERVED) {
      in.skipNBytes(head.valueBytes);
      return false;
    }
    if (!fill(draft, head.valueBytes, in)) {
      draft.discard();
      return false;
    }
    draft.marks(head.marks);
    try (Entry entry = session.open(key)) {
      if (entry.lookup() == Lookup.HIT) {
        draft.discard();
        return false;
      }
      entry.put(draft, head.cas);
      // A flush since the last look: it could not know of this item.
      if (stopped.getAsBoolean()) {
        entry.remove();
        return false;
      }
      return true;
    }
  }

  /// Takes the whole value off the stream, also when memory runs out on the way.
  private boolean fill(Draft draft, int valueBytes, DataInputStream in) throws IOException {
    boolean room = true;
    for (int left = valueBytes; left > 0; ) {
      int bytes = Math.min(left, BUFFER_BYTES);
      in.readFully(buffer, 0, bytes);
      room = room && draft.append(bufferSegment, 0, bytes);
      left -= bytes;
    }
    return room;
  }
}
