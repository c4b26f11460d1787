package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CasIdsTest {
  private static final int THREADS = 4;
  private static final int IDS_PER_THREAD = 300_000;

  private final AtomicLong onDisk = new AtomicLong(1);
  private int saves;

  private void save(long upTo) {
    assertTrue(upTo > onDisk.get(), "less is set aside than before");
    onDisk.set(upTo);
    saves++;
  }

  @Test
  void theFirstIdIsMemcachedsAndABlockIsSetAsideBeforeIt() {
    var ids = new CasIds(1, this::save);
    assertEquals(1 + CasIds.BLOCK, onDisk.get());
    assertEquals(2, ids.next());
    assertEquals(3, ids.next());
  }

  @Test
  void noIdIsGivenBeforeItIsSetAside() {
    var ids = new CasIds(1, this::save);
    for (long i = 0; i < 2 * CasIds.BLOCK + 10; i++) {
      assertTrue(ids.next() <= onDisk.get());
    }
    assertEquals(3, saves);
  }

  @Test
  void aCrashUsesNoIdAgain() {
    var before = new CasIds(1, this::save);
    long last = 0;
    for (int i = 0; i < 1000; i++) {
      last = before.next();
    }
    var after = new CasIds(onDisk.get(), this::save);
    assertTrue(after.next() > last);
  }

  @Test
  void aCleanStopLeavesOutNone() {
    var before = new CasIds(1, this::save);
    long last = before.next();
    onDisk.set(before.last());
    assertEquals(last + 1, new CasIds(onDisk.get(), this::save).next());
  }

  @Test
  void theNextBlockIsSetAsideAheadOfNeed() {
    var ids = new CasIds(1, this::save);
    ids.reserveAhead();
    assertEquals(1, saves, "the block is still more than half full");
    for (long i = 0; i <= CasIds.BLOCK / 2; i++) {
      ids.next();
    }
    ids.reserveAhead();
    assertEquals(2, saves);
    for (long i = 0; i < CasIds.BLOCK; i++) {
      ids.next();
    }
    assertEquals(2, saves, "a request had to wait");
  }

  @Test
  void withoutADiskThereAreNoIds() {
    LongConsumer refuses =
        _ -> {
          throw new IllegalStateException("full");
        };
    assertThrows(IllegalStateException.class, () -> new CasIds(1, refuses));
    var ids = new CasIds(1, new FailingLater());
    for (long i = 0; i < CasIds.BLOCK; i++) {
      ids.next();
    }
    assertThrows(IllegalStateException.class, ids::next);
    assertThrows(IllegalStateException.class, ids::next);
  }

  private static final class FailingLater implements LongConsumer {
    private boolean once;

    @Override
    public void accept(long upTo) {
      if (once) {
        throw new IllegalStateException("full");
      }
      once = true;
    }
  }

  @Test
  void threadsNeverShareOne() throws Exception {
    var ids = new CasIds(1, onDisk::set);
    Callable<long[]> taker =
        () -> {
          long[] taken = new long[IDS_PER_THREAD];
          for (int i = 0; i < taken.length; i++) {
            taken[i] = ids.next();
            assertTrue(taken[i] <= onDisk.get(), "given before it was set aside");
          }
          return taken;
        };
    var all = new BitSet();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<long[]>> takers = Stream.generate(() -> taker).limit(THREADS).toList();
      for (var taken : threads.invokeAll(takers)) {
        for (long id : taken.get()) {
          assertFalse(all.get((int) id), "twice");
          all.set((int) id);
        }
      }
    }
    assertEquals(THREADS * IDS_PER_THREAD, all.cardinality());
  }
}
