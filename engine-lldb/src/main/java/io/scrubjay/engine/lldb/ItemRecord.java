package io.scrubjay.engine.lldb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.ItemHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// What is stored under a key: a header of [#HEADER_BYTES], then the value. Little-endian.
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 1 | [#FORMAT] |
/// | 1 | 1 | marks, those of [ItemHeader] that last ([#LASTING_MARKS]) |
/// | 2 | 2 | 0 |
/// | 4 | 4 | client flags |
/// | 8 | 8 | CAS id |
/// | 16 | 4 | deadline, Unix seconds, unsigned; 0: never |
/// | 20 | 4 | when it was stored, Unix seconds, unsigned |
/// | 24 | 4 | flush epoch it was stored in |
/// | 28 | 4 | birth: tells this item from others under its key, for [Accesses] |
///
/// Times are Unix seconds, since server seconds begin anew with each start. Units: seconds, bytes.
final class ItemRecord {
  static final int FORMAT = 1;
  static final int HEADER_BYTES = 32;
  static final int LASTING_MARKS = ItemHeader.STALE | ItemHeader.WON | ItemHeader.BINARY_KEY;

  private static final long LAST_SECOND = 0xFFFF_FFFFL;
  private static final ValueLayout.OfInt INT = JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ItemRecord() {}

  /// Writes the header of an item stored now.
  static void begin(
      MemorySegment record, int clientFlags, long deadline, long stored, int epoch, int birth) {
    record.set(LONG, 0, 0);
    record.set(JAVA_BYTE, 0, (byte) FORMAT);
    record.set(INT, 4, clientFlags);
    record.set(LONG, 8, 0);
    record.set(INT, 16, (int) deadline);
    record.set(INT, 20, (int) stored);
    record.set(INT, 24, epoch);
    record.set(INT, 28, birth);
  }

  /// Fills `header` but for what isn't in the record: last access, fetched, total bytes.
  static void fill(ItemHeader header, MemorySegment record, int recordBytes, CacheClock clock) {
    header.marks = marks(record);
    header.clientFlags = clientFlags(record);
    header.cas = cas(record);
    header.deadline = serverSecond(deadline(record), clock);
    header.valueBytes = recordBytes - HEADER_BYTES;
    header.lastAccess = (int) (stored(record) - clock.processStarted());
    header.slabClass = 0;
  }

  /// False for bytes that no version of this engine up to this one has written.
  static boolean isOne(MemorySegment record, int recordBytes) {
    return recordBytes >= HEADER_BYTES && record.get(JAVA_BYTE, 0) == FORMAT;
  }

  static int marks(MemorySegment record) {
    return record.get(JAVA_BYTE, 1) & LASTING_MARKS;
  }

  static void marks(MemorySegment record, int marks) {
    record.set(JAVA_BYTE, 1, (byte) (marks & LASTING_MARKS));
  }

  static int clientFlags(MemorySegment record) {
    return record.get(INT, 4);
  }

  static long cas(MemorySegment record) {
    return record.get(LONG, 8);
  }

  static void cas(MemorySegment record, long cas) {
    record.set(LONG, 8, cas);
  }

  static long deadline(MemorySegment record) {
    return Integer.toUnsignedLong(record.get(INT, 16));
  }

  static void deadline(MemorySegment record, long unixSecond) {
    record.set(INT, 16, (int) unixSecond);
  }

  static long stored(MemorySegment record) {
    return Integer.toUnsignedLong(record.get(INT, 20));
  }

  static int epoch(MemorySegment record) {
    return record.get(INT, 24);
  }

  static int birth(MemorySegment record) {
    return record.get(INT, 28);
  }

  /// A deadline in server seconds as Unix seconds; 0 stays 0.
  static long unixSecond(int deadline, CacheClock clock) {
    return deadline == 0 ? 0 : Math.min(clock.epochSecondsOf(deadline), LAST_SECOND);
  }

  /// The other way; what passed before this server started becomes its first second.
  static int serverSecond(long deadline, CacheClock clock) {
    return deadline == 0 ? 0 : (int) Math.max(1, deadline - clock.processStarted());
  }
}
