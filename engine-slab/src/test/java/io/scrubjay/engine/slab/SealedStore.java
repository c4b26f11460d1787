package io.scrubjay.engine.slab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Tally;
import io.scrubjay.testkit.CopyingReader;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// A program for [SealedStoreTest]: fills a store, takes away the right to write to its slab pages
/// and its index (`mprotect`), and has two sessions get from it, each on a thread of its own. A
/// write, and be it a compare-and-set that fails, kills the process. With the argument `set` it
/// stores one more item at last, to show that it does.
final class SealedStore {
  static final String SURVIVED = "the gets are over";

  private static final int PROT_READ = 1;
  private static final int SESSIONS = 2;
  private static final int KEYS = 1000;
  private static final int ROUNDS = 50;
  private static final int VALUE_BYTES = 100;

  /// In pieces.
  private static final int LARGE_VALUE_BYTES = 700_000;

  /// By the third hit an item is fetched and active, and hits change nothing any more.
  private static final int HITS_UNTIL_ACTIVE = 3;

  private SealedStore() {}

  public static void main(String[] arguments) throws Throwable {
    try (var bare = new BareStore(16 << 20);
        SlabSession writer = bare.session();
        var threads = Executors.newFixedThreadPool(SESSIONS)) {
      for (int number = 0; number < KEYS; number++) {
        set(writer, number, number == 0 ? LARGE_VALUE_BYTES : VALUE_BYTES);
      }
      for (int hit = 0; hit < HITS_UNTIL_ACTIVE; hit++) {
        get(writer, 1);
      }
      seal(bare.items());
      seal(bare.index());
      Callable<Void> gets =
          () -> {
            try (SlabSession session = bare.session()) {
              get(session, ROUNDS);
            }
            return null;
          };
      var first = threads.submit(gets);
      var second = threads.submit(gets);
      first.get();
      second.get();
      System.out.println(SURVIVED);
      if (arguments[0].equals("set")) {
        set(writer, KEYS, VALUE_BYTES);
      }
    }
  }

  @SuppressWarnings("restricted") // a call of the system with a segment of the right size
  private static void seal(MemorySegment memory) throws Throwable {
    Linker linker = Linker.nativeLinker();
    var mprotect =
        linker.downcallHandle(
            linker.defaultLookup().find("mprotect").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    int failed = (int) mprotect.invokeExact(memory, memory.byteSize(), PROT_READ);
    if (failed != 0) {
      throw new AssertionError("mprotect refused " + memory);
    }
  }

  private static Key key(int number) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[Integer.BYTES]);
    bytes.set(ValueLayout.JAVA_INT_UNALIGNED, 0, number);
    return new Key().at(bytes, 0, Integer.BYTES);
  }

  private static void set(SlabSession session, int number, int valueBytes) {
    Key key = key(number);
    Draft draft = session.newDraft();
    if (session.reserve(draft, key, 0, 0, valueBytes) != Reserve.RESERVED) {
      throw new AssertionError("no memory for key " + number);
    }
    draft.append(MemorySegment.ofArray(new byte[valueBytes]), 0, valueBytes);
    try (Entry entry = session.open(key)) {
      entry.put(draft, 0);
    }
  }

  /// Hits on all keys, and as many misses.
  private static void get(SlabSession session, int rounds) {
    var reader = new CopyingReader(MemorySegment.ofArray(new byte[LARGE_VALUE_BYTES]), 0);
    for (int round = 0; round < rounds; round++) {
      session.turnBegins();
      for (int number = 0; number < KEYS; number++) {
        Lookup hit = session.read(key(number), true, reader);
        session.tally(Tally.GET_HITS);
        Lookup miss = session.read(key(number + KEYS), true, reader);
        if (hit != Lookup.HIT || miss != Lookup.MISS) {
          throw new AssertionError("key " + number + ": " + hit + " and " + miss);
        }
      }
      session.turnEnds();
    }
  }
}
