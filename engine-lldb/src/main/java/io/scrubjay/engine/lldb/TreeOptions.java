package io.scrubjay.engine.lldb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.WALRecoveryMode;

/// RocksDB's options, made from ours, and every native object that they keep alive.
///
/// Threads: confined to opening and closing. Owner: the [Tree], which closes these after the
/// database, the last made first.
final class TreeOptions implements AutoCloseable {
  private static final int INFO_LOG_BYTES = 4 << 20;
  private static final int INFO_LOGS_KEPT = 4;
  private static final int BACKGROUND_JOBS = 4;
  private static final int MEMTABLES_MAX = 4;
  private static final long SYNC_STEP_BYTES = 1 << 20;

  final DBOptions database;
  final ColumnFamilyOptions items;
  final ColumnFamilyOptions small;
  final Cache blockCache;
  final Statistics figures;
  private final Deque<AbstractNativeReference> made = new ArrayDeque<>();

  TreeOptions(
      LldbSettings settings,
      long memoryLimitBytes,
      DataDirectory directory,
      List<AbstractEventListener> listeners) {
    blockCache = keep(new LRUCache(memoryLimitBytes / 100 * settings.blockCachePercent()));
    figures = keep(new Statistics());
    figures.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
    database = keep(new DBOptions());
    database
        .setCreateIfMissing(directory.isNew())
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        // What is behind a torn end of the log was never acknowledged as synced; what is behind
        // damage in its middle is not used.
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        // A turn's writes go to the operating system together, when the turn ends.
        .setManualWalFlush(true)
        // One thread writes for all that wait, whose cores have better to do (decision 0024).
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        .setMaxOpenFiles(settings.openFiles())
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setDbWriteBufferSize(settings.writeBufferBytes())
        .setBytesPerSync(SYNC_STEP_BYTES)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(INFO_LOGS_KEPT)
        .setStatistics(figures)
        .setListeners(listeners);
    if (directory.walDir() != null) {
      database.setWalDir(directory.walDir().toString());
    }
    items = columnFamily(settings);
    small = columnFamily(settings);
  }

  private ColumnFamilyOptions columnFamily(LldbSettings settings) {
    var table =
        new BlockBasedTableConfig()
            .setBlockCache(blockCache)
            // Counted against the cache, so that -m bounds them too.
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    if (settings.bloomBits() > 0) {
      table.setFilterPolicy(keep(new BloomFilter(settings.bloomBits())));
    }
    return keep(new ColumnFamilyOptions())
        .setTableFormatConfig(table)
        .setWriteBufferSize(Math.max(1 << 20, settings.writeBufferBytes() / 2))
        .setMaxWriteBufferNumber(MEMTABLES_MAX)
        .setCompressionType(
            switch (settings.compression()) {
              case NONE -> CompressionType.NO_COMPRESSION;
              case LZ4 -> CompressionType.LZ4_COMPRESSION;
              case ZSTD -> CompressionType.ZSTD_COMPRESSION;
            });
  }

  private <T extends AbstractNativeReference> T keep(T object) {
    made.push(object);
    return object;
  }

  @Override
  public void close() {
    made.forEach(AbstractNativeReference::close);
    made.clear();
  }
}
