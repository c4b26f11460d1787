package io.scrubjay.stress;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// One thread's session and buffers. Threads: confined.
final class Hand implements ItemReader {
  private final Session session;
  private final Draft draft;
  private final Key key = new Key();
  private final byte[] keyBytes = new byte[Long.BYTES];
  private final MemorySegment keySegment = MemorySegment.ofArray(keyBytes);
  private final int valueBytes;
  private final byte[] read;
  private final MemorySegment target;
  private final MemorySegment source;
  private int flagsRead;
  private int bytesRead;

  Hand(Session session, int valueBytes) {
    this.session = session;
    this.draft = session.newDraft();
    this.valueBytes = valueBytes;
    this.read = new byte[valueBytes];
    this.target = MemorySegment.ofArray(read);
    this.source = MemorySegment.ofArray(new byte[valueBytes]);
  }

  private Key key(long number) {
    ByteBuffer.wrap(keyBytes).putLong(number);
    return key.at(keySegment, 0, keyBytes.length);
  }

  @Override
  public long item(ItemHeader header) {
    flagsRead = header.clientFlags;
    bytesRead = header.valueBytes;
    return bytesRead == valueBytes ? 0 : DECLINED;
  }

  @Override
  public MemorySegment target() {
    return target;
  }

  /// A letter, [Subject#MISS], or [Subject#MIXTURE] when flags, length and bytes don't agree.
  int read(long number) {
    session.turnBegins();
    Lookup lookup = session.read(key(number), true, this);
    session.turnEnds();
    return lookup == Lookup.HIT ? letterRead() : Subject.MISS;
  }

  private int letterRead() {
    if (bytesRead != valueBytes) {
      return Subject.MIXTURE;
    }
    for (byte each : read) {
      if (each != read[0]) {
        return Subject.MIXTURE;
      }
    }
    if (read[0] == Subject.REWRITTEN && flagsRead == Subject.OLD) {
      return Subject.NEW;
    }
    return read[0] == flagsRead ? flagsRead : Subject.MIXTURE;
  }

  /// False when there is no memory.
  boolean store(long number, int letter) {
    session.turnBegins();
    boolean reserved =
        session.reserve(draft, key(number), letter, 0, valueBytes) == Reserve.RESERVED;
    source.fill((byte) letter);
    boolean filled = reserved && draft.append(source, 0, valueBytes);
    if (filled) {
      try (Entry entry = session.open(key(number))) {
        long _ = entry.put(draft, 0);
      }
    } else if (reserved) {
      draft.discard();
    }
    session.turnEnds();
    return filled;
  }

  /// Writes [Subject#REWRITTEN] over the value where it lies. False when the item has gone.
  boolean rewrite(long number) {
    session.turnBegins();
    source.fill((byte) Subject.REWRITTEN);
    boolean done;
    try (Entry entry = session.open(key(number))) {
      done = entry.lookup() == Lookup.HIT && entry.overwrite(source, 0, valueBytes, 0);
    }
    session.turnEnds();
    return done;
  }

  void remove(long number) {
    session.turnBegins();
    try (Entry entry = session.open(key(number))) {
      if (entry.lookup() == Lookup.HIT) {
        entry.remove();
      }
    }
    session.turnEnds();
  }
}
