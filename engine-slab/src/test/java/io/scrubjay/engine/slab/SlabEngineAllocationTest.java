package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.Tally;
import io.scrubjay.testkit.AllocationMeter;
import io.scrubjay.testkit.CopyingReader;
import io.scrubjay.testkit.FakeClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What no request may do, once the code is compiled: allocate on the Java heap.
class SlabEngineAllocationTest {
  private static final int WARM_UP_ROUNDS = 60_000;
  private static final int MEASURED_ROUNDS = 20_000;
  private static final int RUNS_MAX = 5;
  private static final int KEYS = 4096;

  private final Key key = new Key();
  private final ItemReader reader = new CopyingReader(Arena.global().allocate(1024, 8), 16);

  @Test
  void aSteadyMixOfRequestsAllocatesNothing() {
    var options = new EngineOptions(4 << 20, 1 << 20, true, true, 1, Map.of());
    try (Arena arena = Arena.ofConfined();
        var engine = new SlabEngine(options, new FakeClock(), EngineEvents.NONE);
        Session session = engine.openSession(() -> {})) {
      MemorySegment bytes = arena.allocate(2048, 8);
      Draft draft = session.newDraft();
      Pin pin = session.newPin();
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        round(session, draft, pin, bytes, i);
      }
      long allocated =
          new AllocationMeter()
              .leastAllocatedBytes(
                  RUNS_MAX,
                  () -> {
                    for (int i = 0; i < MEASURED_ROUNDS; i++) {
                      round(session, draft, pin, bytes, i);
                    }
                  });
      assertEquals(0, allocated, "bytes in " + MEASURED_ROUNDS + " rounds");
    }
  }

  /// A set (evicting, in a full store), a hit, a miss, an in-place rewrite, a pin, a delete.
  private void round(Session session, Draft draft, Pin pin, MemorySegment bytes, int i) {
    int name = i * 7919 % KEYS;
    int size = 100 + i % 900;
    set(session, draft, bytes, name, size);
    session.tally(Tally.CMD_SET);
    requireHit(session.read(at(bytes, name), true, reader));
    session.tally(Tally.GET_HITS);
    session.read(at(bytes, name + KEYS), true, reader);
    try (Entry entry = session.open(at(bytes, name))) {
      entry.overwrite(bytes, 512, size, 0);
      entry.bump();
      entry.pin(pin);
      if (i % 3 == 0) {
        entry.remove();
      }
    }
    pin.copy(0, bytes, 512, 100);
    pin.release();
  }

  private void set(Session session, Draft draft, MemorySegment bytes, int name, int size) {
    if (session.reserve(draft, at(bytes, name), 1, 0, size) != Reserve.RESERVED) {
      throw new AssertionError("no memory");
    }
    draft.append(bytes, 512, size);
    try (Entry entry = session.open(at(bytes, name))) {
      entry.put(draft, 0);
    }
  }

  private Key at(MemorySegment bytes, int name) {
    bytes.set(ValueLayout.JAVA_LONG, 0, 0x6B65_795F_6B65_795FL);
    bytes.set(ValueLayout.JAVA_INT, 8, name);
    return key.at(bytes, 0, 12);
  }

  private static void requireHit(Lookup lookup) {
    if (lookup != Lookup.HIT) {
      throw new AssertionError("a stored item wasn't found: " + lookup);
    }
  }
}
