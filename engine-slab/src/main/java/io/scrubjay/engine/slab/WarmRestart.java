package io.scrubjay.engine.slab;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.FileFailure;
import java.io.IOException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// `-e FILE`: takes over what the last run left in its memory file, and leaves this run's to the
/// next (spec 8.3). Whatever does not fit together, settings, checksums, links, makes the cache
/// start clean, with a line that says why.
///
/// Threads: those that open and close the engine, while nothing else works on it.
final class WarmRestart {
  private static final String CLEAN =
      "[restart] failed to validate metadata, starting with a clean cache";

  private static final int FORMAT = 3;

  private final MemoryFile file;
  private final EngineOptions options;
  private SlabSettings settings;
  private final EngineEvents events;
  private final long run = new SecureRandom().nextLong();
  private @Nullable RestartMeta last;

  private WarmRestart(
      MemoryFile file, EngineOptions options, SlabSettings settings, EngineEvents events) {
    this.file = file;
    this.options = options;
    this.settings = settings;
    this.events = events;
    try {
      RestartMeta found = file.readMeta();
      last = found;
      found.requireTerms(terms());
      long power = found.number("hashpower");
      int possible = Math.clamp(power, IndexSettings.POWER_MIN, IndexSettings.POWER_MAX);
      this.settings = settings.with(settings.index().with(possible));
    } catch (RestartRefused why) {
      refuse(why);
    }
  }

  /// Closes the file's region when it fails.
  static WarmRestart from(
      MemoryFile file, EngineOptions options, SlabSettings settings, EngineEvents events) {
    try {
      return new WarmRestart(file, options, settings, events);
    } catch (RuntimeException | Error failed) {
      file.region().close();
      throw failed;
    }
  }

  private void refuse(RestartRefused why) {
    events.notice(why.line());
    if (!why.line().endsWith("clean cache")) {
      events.notice(CLEAN);
    }
    last = null;
    // Where it can't be deleted, the mark of this run in the memory file belies it.
    boolean _ = file.deleteMeta();
  }

  /// What must be the same for the file to mean the same.
  private RestartMeta terms() {
    GeometrySettings geometry = settings.geometry();
    String factor = options.settings().getOrDefault("growth_factor", "1.25");
    String[] values = {
      options.settings().getOrDefault("slab_sizes", factor),
      Long.toString(options.memoryLimitBytes()),
      Integer.toString(geometry.chunkBytes()),
      Integer.toString(options.itemBytesMax()),
      Integer.toString(geometry.slabChunkMaxBytes()),
      Integer.toString(PagePool.PAGE_BYTES),
      Boolean.toString(options.casEnabled()),
      Boolean.toString(settings.mover().reassign())
    };
    RestartMeta terms = new RestartMeta();
    for (int i = 0; i < values.length; i++) {
      terms.put(RestartMeta.TERMS.get(i), values[i]);
    }
    return terms;
  }

  /// The settings, but with the hash power that the last run ended with, when there is one to take
  /// over: it counts more than what is configured.
  SlabSettings settings() {
    return settings;
  }

  /// Puts the items of the last run into an empty store, or leaves it empty.
  void load(ItemStore store, HashAlgorithm hashing, CacheClock clock) {
    RestartMeta taken = last;
    if (taken != null) {
      try {
        load(taken, store, hashing, clock);
      } catch (RestartRefused why) {
        refuse(why);
      } catch (RuntimeException | Error mistake) {
        // It must not end every start from now on.
        boolean _ = file.deleteMeta();
        throw mistake;
      }
    }
    file.mark(run);
  }

  private void load(RestartMeta taken, ItemStore store, HashAlgorithm hashing, CacheClock clock)
      throws RestartRefused {
    if (taken.number("format") != FORMAT || !file.isOf(taken.number("run"))) {
      throw new RestartRefused("[restart] the memory file is not the metadata's");
    }
    if (taken.number("stop_time") > clock.epochSecondsOf(clock.now())) {
      throw new RestartRefused("[restart] the stop time lies in the future");
    }
    var loader = new RestartLoader(file, store, hashing, clock, taken);
    loader.check();
    if (!file.deleteMeta()) {
      throw new RestartRefused("[restart] cannot delete the metadata file");
    }
    loader.takeOver();
  }

  /// Leaves everything alive to the next run.
  void save(ItemStore store, CacheClock clock) {
    store.unlinkDead();
    RestartMeta meta = terms();
    meta.put("current_time", clock.now());
    meta.put("process_started", clock.processStarted());
    meta.put("stop_time", clock.epochSecondsOf(clock.now()));
    meta.put("current_cas", store.lastCas());
    meta.put("logger_gid", 0);
    meta.put("hashpower", settings.index().powerLevel(store.index));
    meta.put("oldest_live", Integer.toUnsignedLong(store.freshness.oldest()));
    meta.put("mmap_oldbase", 0);
    meta.put("format", FORMAT);
    meta.put("run", run);
    for (int slabClass = 1; slabClass <= store.geometry.largest(); slabClass++) {
      SlabClass slab = store.slab(slabClass);
      slab.carveAll();
      for (long page : slab.pageOffsets()) {
        meta.put("page", slabClass + " " + page + " " + Long.toHexString(file.checksum(page)));
      }
    }
    store.lists.forEach(
        list -> {
          synchronized (list) {
            if (list.items() > 0) {
              meta.put("list", list.id() + " " + list.tail() + " " + list.items());
            }
          }
        });
    try {
      file.writeMeta(meta);
    } catch (IOException failed) {
      events.notice(
          "[restart] cannot save metadata, the next start is clean: " + FileFailure.reason(failed));
    }
  }
}
