package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.FileFailure;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.SnapshotControl;
import io.scrubjay.engine.StatisticsSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `-o snapshot=FILE`: items in ordinary memory are written to a file when asked for and at a
/// graceful stop, and loaded from it in the background after a start. memcached has nothing of the
/// kind.
///
/// What a snapshot has is older than any flush while it is loaded, so a flush ends the loading. A
/// key that is deleted before it was loaded comes back.
///
/// Threads: one of its own at a time, `mc-snapshot`; the rest any. [#close] once.
final class Snapshots implements SnapshotControl, AutoCloseable {
  private final Path file;
  private final ItemStore store;
  private final CacheClock clock;
  private final EngineEvents events;
  private @Nullable Thread thread;
  private volatile boolean loading;
  private volatile boolean saving;
  private volatile boolean stopped;
  private volatile boolean cutShort;
  private volatile long read;
  private volatile long loaded;
  private volatile long saves;

  Snapshots(String file, ItemStore store, CacheClock clock, EngineEvents events) {
    this.file = Path.of(file);
    this.store = store;
    this.clock = clock;
    this.events = events;
  }

  /// Before there is something to lose. Errors: `IllegalArgumentException` where nothing can be
  /// saved.
  static void requirePlace(String name) {
    Path file = Path.of(name).toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null
        || !Files.isDirectory(folder)
        || !Files.isWritable(folder)
        || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "snapshot = " + name + ", must be a file in a folder that is there and can be written");
    }
  }

  /// Begins to load what there is.
  synchronized void load(Supplier<Session> sessions) {
    if (Files.notExists(file)) {
      events.notice("[snapshot] " + file + " is not there yet, starting with an empty cache");
      return;
    }
    loading = true;
    start(() -> loadAll(sessions));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread loads
  private void loadAll(Supplier<Session> sessions) {
    try (Session session = sessions.get()) {
      SnapshotReader reader =
          new SnapshotReader(file, () -> stopped || store.freshness.everFlushed());
      store.raiseCas(reader.check());
      reader.load(
          session,
          clock,
          stored -> {
            read++;
            loaded += stored ? 1 : 0;
          });
    } catch (IOException | RuntimeException | Error unusable) {
      events.notice("[snapshot] " + file + " is not loaded: " + FileFailure.reason(unusable));
      setAside();
    } finally {
      loading = false;
    }
  }

  /// Somebody may still get the items out of it, so the next snapshot doesn't take its place; that
  /// of one set aside before, it does.
  private void setAside() {
    Path aside = file.resolveSibling(file.getFileName() + ".unloaded");
    try {
      Path _ = Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      events.notice("[snapshot] " + file + " is kept as " + aside);
    } catch (IOException failed) {
      events.notice("[snapshot] " + file + " is not kept: " + FileFailure.reason(failed));
    }
  }

  @Override
  public synchronized boolean save() {
    if (loading || saving || stopped) {
      return false;
    }
    saving = true;
    start(this::write);
    return true;
  }

  private void start(Runnable work) {
    Thread started = Thread.ofPlatform().name("mc-snapshot").daemon().unstarted(work);
    thread = started;
    started.start();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void write() {
    try {
      if (new SnapshotWriter(store, clock.processStarted(), () -> stopped).write(file)) {
        saves++;
      }
    } catch (IOException | RuntimeException | Error failed) {
      events.notice("[snapshot] " + file + " is not written: " + FileFailure.reason(failed));
    } finally {
      saving = false;
    }
  }

  /// Writes one now; after [#close], while nothing else goes on. When the last one was not loaded
  /// to its end it has more, and stays.
  void saveAtLast() {
    if (cutShort) {
      events.notice("[snapshot] " + file + " stays as it was: it was still being loaded");
      return;
    }
    stopped = false;
    write();
  }

  void print(StatisticsSink sink) {
    sink.put("snapshot_loading", loading ? 1 : 0);
    sink.put("snapshot_items_read", read);
    sink.put("snapshot_items_loaded", loaded);
    sink.put("snapshot_saving", saving ? 1 : 0);
    sink.put("snapshot_saves", saves);
  }

  /// Waits for what is under way to stop.
  @Override
  public void close() {
    cutShort = loading;
    stopped = true;
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      PacedThread.awaitEnd(running);
    }
  }
}
