package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class SyncGateTest {
  private static final int WRITERS = 8;

  @Test
  void oneAloneSyncsOncePerWrite() throws RocksDBException {
    var syncs = new AtomicInteger();
    var gate = new SyncGate(syncs::incrementAndGet);
    gate.await(gate.mark());
    gate.await(gate.mark());
    assertEquals(2, syncs.get());
  }

  @Test
  void whatALaterSyncCoversIsNotSyncedAgain() throws RocksDBException {
    var syncs = new AtomicInteger();
    var gate = new SyncGate(syncs::incrementAndGet);
    long early = gate.mark();
    gate.await(gate.mark());
    gate.await(early);
    assertEquals(1, syncs.get());
  }

  @Test
  void aFailedSyncCoversNothing() throws RocksDBException {
    var syncs = new AtomicInteger();
    var gate =
        new SyncGate(
            () -> {
              if (syncs.incrementAndGet() == 1) {
                throw new RocksDBException("no space left");
              }
            });
    long mark = gate.mark();
    assertThrows(RocksDBException.class, () -> gate.await(mark));
    gate.await(mark);
    assertEquals(2, syncs.get());
  }

  /// All but the first come while the first sync runs, so one more serves them together.
  @Test
  void whoeverComesWhileASyncRunsSharesTheNext() throws Exception {
    var syncing = new CountDownLatch(1);
    var goOn = new Semaphore(0);
    var syncs = new AtomicInteger();
    var gate =
        new SyncGate(
            () -> {
              if (syncs.incrementAndGet() == 1) {
                syncing.countDown();
                goOn.acquireUninterruptibly();
              }
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> awaitOf(gate, gate.mark()));
      syncing.await();
      List<Future<?>> later = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        long mark = gate.mark();
        later.add(threads.submit(() -> awaitOf(gate, mark)));
      }
      goOn.release();
      first.get();
      for (Future<?> each : later) {
        each.get();
      }
    }
    assertEquals(2, syncs.get());
  }

  private static boolean awaitOf(SyncGate gate, long mark) throws RocksDBException {
    gate.await(mark);
    return true;
  }

  /// A "log" that takes over what was written when its sync began: nobody goes on before his own
  /// write is in it.
  @Test
  void nobodyGoesOnBeforeHisWriteIsSynced() throws Exception {
    var written = new AtomicLong();
    var synced = new AtomicLong();
    var gate =
        new SyncGate(
            () -> {
              long seen = written.get();
              Thread.onSpinWait();
              synced.set(seen);
            });
    var begin = new Semaphore(0);
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            threads.submit(
                () -> {
                  begin.acquire();
                  for (int n = 0; n < 2000; n++) {
                    long mine = written.incrementAndGet();
                    gate.await(gate.mark());
                    assertTrue(synced.get() >= mine, "went on before its write was synced");
                  }
                  return true;
                }));
      }
      begin.release(WRITERS);
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }
}
