package io.scrubjay.bench.compare;

import io.scrubjay.bench.load.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/// RocksDB called by threads of this process, with the persistent engine's options and records as
/// large as its: the limit that a server over it can come near. Keys are chosen uniformly, as with
/// `--zipf 0`. Writes go to the log's file at once, as with `sync=os`.
final class DirectRocks implements AutoCloseable {
  private static final int RECORD_HEADER_BYTES = 32;
  private static final long LATENCY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

  private final Workload workload;
  private final LRUCache cache;
  private final BloomFilter filter;
  private final Options options;
  private final RocksDB rocks;
  private final Histogram latencyNanos = new ConcurrentHistogram(LATENCY_NANOS_MAX, 3);

  private DirectRocks(Path data, long memoryBytes, Workload workload) throws RocksDBException {
    RocksDB.loadLibrary();
    this.workload = workload;
    cache = new LRUCache(memoryBytes / 100 * 70);
    filter = new BloomFilter(10);
    options =
        new Options()
            .setCreateIfMissing(true)
            .setMaxBackgroundJobs(4)
            .setDbWriteBufferSize(memoryBytes / 4)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    rocks = RocksDB.open(options, data.toString());
  }

  static DirectRocks open(Path data, long memoryBytes, Workload workload) throws IOException {
    try {
      return new DirectRocks(data, memoryBytes, workload);
    } catch (RocksDBException failed) {
      throw new IOException(failed);
    }
  }

  void preload() throws IOException {
    var caller = new Caller(0);
    try {
      for (int key = 0; key < workload.keyCount(); key++) {
        caller.set(key);
      }
    } catch (RocksDBException failed) {
      throw new IOException(failed);
    }
  }

  /// Runs `threads` callers for `nanos`; calls per second.
  double measure(int threads, long nanos) throws IOException, InterruptedException {
    latencyNanos.reset();
    var failure = new AtomicReference<Exception>();
    List<Thread> running = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      var caller = new Caller(i);
      running.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      caller.callUntil(start + nanos);
                    } catch (RocksDBException failed) {
                      failure.set(failed);
                    }
                  }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IOException(failure.get());
    }
    return latencyNanos.getTotalCount() / ((System.nanoTime() - start) / 1e9);
  }

  Histogram latencyNanos() {
    return latencyNanos;
  }

  @Override
  public void close() {
    rocks.close();
    options.close();
    filter.close();
    cache.close();
  }

  private final class Caller {
    private final SplittableRandom random;
    private final ByteBuffer key = ByteBuffer.allocateDirect(workload.keyBytes());
    private final ByteBuffer value =
        ByteBuffer.allocateDirect(RECORD_HEADER_BYTES + workload.valueBytes());
    private final ReadOptions reads = new ReadOptions();
    private final WriteOptions writes = new WriteOptions();

    Caller(int index) {
      random = new SplittableRandom(workload.seed() + index);
      random.ints(value.capacity()).forEach(each -> value.put((byte) each));
    }

    private void callUntil(long end) throws RocksDBException {
      boolean sets = workload.setShare() > 0;
      for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
        int chosen = random.nextInt(workload.keyCount());
        if (sets) {
          set(chosen);
        } else if (get(chosen) < 0) {
          throw new IllegalStateException("key " + chosen + " is not there");
        }
        latencyNanos.recordValue(System.nanoTime() - begun);
      }
    }

    private ByteBuffer key(int number) {
      key.clear().putInt(number);
      return key.clear();
    }

    private void set(int number) throws RocksDBException {
      rocks.put(writes, key(number), value.clear());
    }

    private int get(int number) throws RocksDBException {
      return rocks.get(reads, key(number), value.clear());
    }
  }
}
