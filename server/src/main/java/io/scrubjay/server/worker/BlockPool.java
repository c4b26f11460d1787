package io.scrubjay.server.worker;

import io.scrubjay.server.stats.ServerCounters;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One worker's buffers for connections that can't finish at once. A connection with nothing
/// half-done holds none.
///
/// Limits: `read_buf_mem_limit`; [#BLOCK_BYTES_MAX] a block; at most [#FREE_MAX] unused blocks are
/// kept; blocks larger than [#BLOCK_BYTES] are made for one use. Threads: confined to the worker.
final class BlockPool {
  /// memcached's read buffer (spec T-01).
  static final int BLOCK_BYTES = 16 << 10;

  /// Of one block. Only a line of `get` or `gets` grows past 2048 bytes without an end.
  static final int BLOCK_BYTES_MAX = 8 << 20;

  static final int FREE_MAX = 64;

  /// Of blocks larger than [#BLOCK_BYTES], all together: lists of keys that have no end yet.
  static final int LARGE_BYTES_MAX = 64 << 20;

  private final ArrayDeque<Block> free = new ArrayDeque<>(FREE_MAX);
  private final ServerCounters counters;
  private final long lentBytesMax;
  private int lent;
  private long lentBytes;
  private long largeBytes;

  /// `lentBytesMax` is for all blocks in use, one of [#BLOCK_BYTES] at least; 0: no limit.
  BlockPool(ServerCounters counters, long lentBytesMax) {
    this.counters = counters;
    this.lentBytesMax = lentBytesMax == 0 ? Long.MAX_VALUE : Math.max(lentBytesMax, BLOCK_BYTES);
  }

  private boolean mayTake(int bytes) {
    int taken = Math.max(bytes, BLOCK_BYTES);
    return taken <= Math.min(BLOCK_BYTES_MAX, lentBytesMax - lentBytes)
        && (bytes <= BLOCK_BYTES || largeBytes + bytes <= LARGE_BYTES_MAX);
  }

  /// A block of at least `bytes` bytes; null when it would pass the limits.
  @Nullable Block take(int bytes) {
    if (!mayTake(bytes)) {
      return null;
    }
    Block block = bytes <= BLOCK_BYTES ? free.poll() : null;
    if (block == null) {
      block = new Block(Math.max(bytes, BLOCK_BYTES));
      largeBytes += block.bytes() > BLOCK_BYTES ? block.bytes() : 0;
      counters.inputBlocks.incrementAndGet();
      counters.inputBlockBytes.addAndGet(block.bytes());
    } else {
      counters.inputBlockBytesFree.addAndGet(-block.bytes());
    }
    lent++;
    lentBytes += block.bytes();
    return block;
  }

  /// A block that holds `count` bytes and has room for more: `before`, where they are unless it is
  /// null, or a larger one, for which `before` is given back. Null when it would pass the limits.
  @Nullable Block keep(MemorySegment bytes, long at, int count, @Nullable Block before) {
    if (before != null && count < before.bytes()) {
      before.holdOwn(at, count);
      return before;
    }
    // A block that is full without making a request needs to be larger.
    Block larger = take(before == null ? count + 1 : before.bytes() * 2);
    if (larger != null) {
      larger.hold(bytes, at, count);
      if (before != null) {
        giveBack(before);
      }
    }
    return larger;
  }

  void giveBack(Block block) {
    lent--;
    lentBytes -= block.bytes();
    if (block.bytes() == BLOCK_BYTES && free.size() < FREE_MAX) {
      free.push(block);
      counters.inputBlockBytesFree.addAndGet(block.bytes());
    } else {
      discard(block);
    }
  }

  void close() {
    for (Block block : free) {
      counters.inputBlockBytesFree.addAndGet(-block.bytes());
      discard(block);
    }
    free.clear();
    if (lent != 0) {
      throw new AssertionError(lent + " blocks still lent when the worker ended, must be 0");
    }
  }

  private void discard(Block block) {
    largeBytes -= block.bytes() > BLOCK_BYTES ? block.bytes() : 0;
    counters.inputBlocks.decrementAndGet();
    counters.inputBlockBytes.addAndGet(-block.bytes());
    block.free();
  }
}
