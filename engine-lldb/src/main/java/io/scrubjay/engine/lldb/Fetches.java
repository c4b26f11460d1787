package io.scrubjay.engine.lldb;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One session's cold reads: keys whose blocks another thread is bringing into the block cache.
/// What a fetch finds is not kept; when it is through the session is told, and the request reads
/// again, from the cache. So a fetch can't answer with something that changed meanwhile.
///
/// If a key's blocks are pushed out again before the request is back, [#ATTEMPTS_MAX] times
/// running, the session reads the disk itself, so that it gets on.
///
/// Limits: [#FETCHES_MAX] under way. Threads: the session's, but for [Fetch#run].
final class Fetches implements AutoCloseable {
  static final int FETCHES_MAX = 128;
  static final int ATTEMPTS_MAX = 3;

  private final Tree tree;
  private final Database database;
  private final Executor executor;
  private final Runnable waiter;
  private final Fetch[] fetches = new Fetch[FETCHES_MAX];
  private final AtomicBoolean told = new AtomicBoolean();
  private int made;

  /// Begun, and not yet followed by a read from the cache.
  private int unclaimed;

  Fetches(Tree tree, Database database, Executor executor, Runnable waiter) {
    this.tree = tree;
    this.database = database;
    this.executor = executor;
    this.waiter = waiter;
  }

  /// True while the key is being fetched; the waiter runs when that changes.
  boolean underWay(int hash, MemorySegment key, int keyBytes) {
    if (unclaimed == 0) {
      return false;
    }
    // Before looking, so that what ends after the look tells again.
    told.set(false);
    Fetch fetch = find(hash, key, keyBytes);
    return fetch != null && fetch.busy;
  }

  /// Begins to fetch the key, or, when all fetches are busy, leaves it to be asked again after one
  /// of them. False when the key was fetched in vain too often.
  boolean begin(int hash, MemorySegment key, int keyBytes) {
    told.set(false);
    Fetch fetch = find(hash, key, keyBytes);
    if (fetch != null && fetch.attempts == ATTEMPTS_MAX) {
      claim(fetch);
      return false;
    }
    if (fetch == null) {
      fetch = idle();
      if (fetch == null) {
        return true;
      }
      claim(fetch);
      fetch.take(hash, key, keyBytes);
      unclaimed++;
    }
    fetch.attempts++;
    fetch.busy = true;
    executor.execute(fetch);
    return true;
  }

  /// The key was found in the cache.
  void found(int hash, MemorySegment key, int keyBytes) {
    if (unclaimed > 0) {
      Fetch fetch = find(hash, key, keyBytes);
      if (fetch != null && !fetch.busy) {
        claim(fetch);
      }
    }
  }

  private void claim(Fetch fetch) {
    if (fetch.attempts > 0) {
      fetch.attempts = 0;
      unclaimed--;
    }
  }

  private @Nullable Fetch find(int hash, MemorySegment key, int keyBytes) {
    for (int i = 0; i < made; i++) {
      Fetch fetch = fetches[i];
      if (fetch.attempts > 0 && fetch.isOf(hash, key, keyBytes)) {
        return fetch;
      }
    }
    return null;
  }

  /// One that is claimed if there is one, since others still count attempts.
  private @Nullable Fetch idle() {
    Fetch abandoned = null;
    for (int i = 0; i < made; i++) {
      if (!fetches[i].busy) {
        if (fetches[i].attempts == 0) {
          return fetches[i];
        }
        abandoned = fetches[i];
      }
    }
    if (made < FETCHES_MAX) {
      fetches[made] = new Fetch();
      return fetches[made++];
    }
    return abandoned;
  }

  /// Waits for the fetches under way.
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (this) {
      while (busy()) {
        try {
          wait();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    for (int i = 0; i < made; i++) {
      fetches[i].free();
    }
    made = 0;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean busy() {
    for (int i = 0; i < made; i++) {
      if (fetches[i].busy) {
        return true;
      }
    }
    return false;
  }

  private synchronized void ended(Fetch fetch) {
    fetch.busy = false;
    notifyAll();
  }

  private final class Fetch implements Runnable {
    private final NativeBuffer key = new NativeBuffer(BufferPool.BYTES_MIN);
    private final NativeBuffer scratch = new NativeBuffer(ItemRecord.HEADER_BYTES);
    private int keyBytes;
    private int hash;

    /// Since it was last claimed; 0: claimed.
    private int attempts;

    private volatile boolean busy;

    private void take(int keyHash, MemorySegment bytes, int count) {
      hash = keyHash;
      keyBytes = count;
      MemorySegment.copy(bytes, 0, key.segment, 0, count);
    }

    private boolean isOf(int otherHash, MemorySegment other, int otherBytes) {
      return hash == otherHash
          && keyBytes == otherBytes
          && MemorySegment.mismatch(key.segment, 0, keyBytes, other, 0, otherBytes) < 0;
    }

    @Override
    public void run() {
      try {
        int _ =
            tree.get(database.items, key.first(keyBytes), scratch.first(ItemRecord.HEADER_BYTES));
      } catch (StoreFailure _) {
        // The session meets the failure itself, when fetching was in vain often enough.
      } finally {
        ended(this);
        if (!told.getAndSet(true)) {
          waiter.run();
        }
      }
    }

    private void free() {
      key.free();
      scratch.free();
    }
  }
}
