package io.scrubjay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Speaks to a session in strings and arrays, asking again when it says [Lookup#PENDING]: the small
/// server that contract and model tests are. Threads: confined, as its session.
public final class EngineDriver implements AutoCloseable {
  private static final int VALUE_BYTES_MAX = 8 << 20;
  private static final int REPEATS_MAX = 10_000;

  public final Session session;

  /// What the last [#read] or [#lookup] saw.
  public Lookup lookup = Lookup.MISS;

  /// Of the last hit.
  public final ItemHeader header = new ItemHeader();

  private final Draft draft;
  private final Key key = new Key();
  private final MemorySegment target = MemorySegment.ofArray(new byte[VALUE_BYTES_MAX]);

  public EngineDriver(Engine engine) {
    this(engine.openSession(() -> {}));
  }

  /// Closes the session with itself.
  public EngineDriver(Session session) {
    this.session = session;
    draft = session.newDraft();
  }

  public Key key(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return key.at(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  public static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(ISO_8859_1));
  }

  private final ItemReader reader =
      new ItemReader() {
        @Override
        public long item(ItemHeader lent) {
          header.clientFlags = lent.clientFlags;
          header.valueBytes = lent.valueBytes;
          header.cas = lent.cas;
          header.deadline = lent.deadline;
          header.lastAccess = lent.lastAccess;
          header.marks = lent.marks;
          header.slabClass = lent.slabClass;
          header.totalBytes = lent.totalBytes;
          return 3;
        }

        @Override
        public MemorySegment target() {
          return target;
        }
      };

  /// The value, or "(miss)", "(expired)", "(flushed)".
  public String read(String name) {
    byte[] value = readBytes(name, true);
    return value == null
        ? "(" + lookup.name().toLowerCase(Locale.ROOT) + ")"
        : new String(value, ISO_8859_1);
  }

  public byte @Nullable [] readBytes(String name, boolean bump) {
    for (int i = 0; i < REPEATS_MAX; i++) {
      session.turnBegins();
      lookup = session.read(key(name), bump, reader);
      session.turnEnds();
      if (lookup != Lookup.PENDING) {
        return lookup == Lookup.HIT
            ? target.asSlice(3, header.valueBytes).toArray(ValueLayout.JAVA_BYTE)
            : null;
      }
    }
    throw new AssertionError("the engine put us off " + REPEATS_MAX + " times");
  }

  /// Not pending; to be closed.
  public Entry open(String name) {
    return open(name, session::open);
  }

  /// The same by [Session#openHeader].
  public Entry openHeader(String name) {
    return open(name, session::openHeader);
  }

  private Entry open(String name, Function<Key, Entry> opening) {
    for (int i = 0; i < REPEATS_MAX; i++) {
      Entry entry = opening.apply(key(name));
      if (entry.lookup() != Lookup.PENDING) {
        return entry;
      }
      entry.close();
    }
    throw new AssertionError("the engine put us off " + REPEATS_MAX + " times");
  }

  /// Reserves and fills; the value comes in pieces of at most `step` bytes.
  public Reserve fill(Draft into, String name, int flags, int deadline, byte[] value, int step) {
    Reserve reserve = session.reserve(into, key(name), flags, deadline, value.length);
    if (reserve != Reserve.RESERVED) {
      return reserve;
    }
    MemorySegment source = MemorySegment.ofArray(value);
    for (int at = 0; at < value.length; at += step) {
      if (!into.append(source, at, Math.min(step, value.length - at))) {
        into.discard();
        return Reserve.OUT_OF_MEMORY;
      }
    }
    return reserve;
  }

  public boolean set(String name, String value) {
    return set(name, 0, 0, value.getBytes(ISO_8859_1)) == Reserve.RESERVED;
  }

  public Reserve set(String name, int flags, int deadline, byte[] value) {
    Reserve reserve = fill(draft, name, flags, deadline, value, 100_003);
    if (reserve == Reserve.RESERVED) {
      try (Entry entry = openHeader(name)) {
        header.cas = entry.put(draft, 0);
      }
    }
    return reserve;
  }

  /// False when present.
  public boolean add(String name, String value) {
    if (fill(draft, name, 0, 0, value.getBytes(ISO_8859_1), 1000) != Reserve.RESERVED) {
      throw new AssertionError("no memory to add " + name);
    }
    try (Entry entry = openHeader(name)) {
      if (entry.lookup() == Lookup.HIT) {
        draft.discard();
        return false;
      }
      entry.put(draft, 0);
      return true;
    }
  }

  /// Stores when the present item has this CAS id.
  public boolean compareAndSet(String name, long cas, String value) {
    if (fill(draft, name, 0, 0, value.getBytes(ISO_8859_1), 1000) != Reserve.RESERVED) {
      throw new AssertionError("no memory to set " + name);
    }
    try (Entry entry = openHeader(name)) {
      if (entry.lookup() != Lookup.HIT || entry.item().cas != cas) {
        draft.discard();
        return false;
      }
      entry.put(draft, 0);
      return true;
    }
  }

  public boolean delete(String name) {
    try (Entry entry = openHeader(name)) {
      lookup = entry.lookup();
      if (lookup != Lookup.HIT) {
        return false;
      }
      entry.remove();
      return true;
    }
  }

  /// In place when the length stays, anew when it doesn't; -1 when there is nothing.
  public long increment(String name, long delta) {
    try (Entry entry = open(name)) {
      if (entry.lookup() != Lookup.HIT) {
        return -1;
      }
      int length = entry.item().valueBytes;
      byte[] old = new byte[length];
      entry.copyValue(0, MemorySegment.ofArray(old), 0, length);
      long sum = Long.parseLong(new String(old, ISO_8859_1)) + delta;
      byte[] digits = Long.toString(sum).getBytes(ISO_8859_1);
      if (digits.length != length
          || !entry.overwrite(MemorySegment.ofArray(digits), 0, length, 0)) {
        int flags = entry.item().clientFlags;
        int deadline = entry.item().deadline;
        if (fill(draft, name, flags, deadline, digits, 1000) != Reserve.RESERVED) {
          throw new AssertionError("no memory to increment " + name);
        }
        entry.put(draft, 0);
      }
      return sum;
    }
  }

  /// False when there is nothing to append to, or no memory.
  public boolean append(String name, byte[] tail) {
    try (Entry entry = open(name)) {
      if (entry.lookup() != Lookup.HIT) {
        return false;
      }
      ItemHeader present = entry.item();
      int bytes = present.valueBytes + tail.length;
      Reserve reserve =
          session.reserve(draft, key(name), present.clientFlags, present.deadline, bytes);
      if (reserve != Reserve.RESERVED) {
        return false;
      }
      if (!entry.copyValueTo(draft) || !draft.append(MemorySegment.ofArray(tail), 0, tail.length)) {
        draft.discard();
        return false;
      }
      entry.put(draft, 0);
      return true;
    }
  }

  /// A value that says whose it is: `seed` decides every byte.
  public static byte[] pattern(int seed, int bytes) {
    byte[] value = new byte[bytes];
    int state = seed * 0x9E37_79B9 + bytes;
    for (int i = 0; i < bytes; i++) {
      state = state * 1_103_515_245 + 12_345;
      value[i] = (byte) (state >>> 16);
    }
    return value;
  }

  /// Fails unless the last read bytes are `expected`.
  public static void requireSame(byte[] expected, byte @Nullable [] seen) {
    if (!Arrays.equals(expected, seen)) {
      int mismatch = seen == null ? 0 : Arrays.mismatch(expected, seen);
      throw new AssertionError("values of " + expected.length + " bytes differ at " + mismatch);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
